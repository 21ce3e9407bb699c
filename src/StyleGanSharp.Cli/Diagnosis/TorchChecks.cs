using StyleGanSharp.Torch;
using StyleGanSharp.Torch.Distributed;

namespace StyleGanSharp.Cli.Diagnosis;

/// <summary>The shim, libtorch, and what libtorch computes with.</summary>
internal static class TorchChecks
{
    internal static IEnumerable<Finding> Run()
    {
        var findings = new List<Finding>();
        try
        {
            TorchLibrary.Load();
        }
        catch (TorchException e)
        {
            string install = InstallAdvice.For(
                "libtorch-dev libopenblas0-pthread", "pytorch", "install libtorch and set LIBTORCH to its folder");
            findings.Add(Finding.Missing("libtorch", e.Message, $"{install}; then build again (./stylegan does)"));
            return findings;
        }

        findings.Add(Finding.Ok("libtorch", $"{TorchLibrary.Version}{Place(LoadedLibraries.Find("libtorch_cpu"))}"));
        findings.Add(Finding.Ok("shim", LoadedLibraries.Find("stylegan_torch") ?? "loaded"));
        findings.Add(Finding.Ok(
            "left_out", TorchLibrary.LeftOut.Count is > 0 and int count
                ? $"{count} libraries that libtorch names and does not use" : "nothing"));
        findings.Add(Finding.Ok("threads", $"{TorchLibrary.Threads} per operator"));
        findings.Add(Waiting());
        Try(findings, "blas", Blas);
        Try(findings, "cuda", Cuda);
        Try(findings, "processes", Processes);
        return findings;
    }

    private static Finding Blas()
    {
        // Some libraries are loaded at the first product only.
        using (var scope = new TensorScope())
        {
            Tensor a = Tensor.Ones([64, 64]);
            a.MatMul(a);
        }

        return BlasLibrary.Judge(LoadedLibraries.All(), TorchLibrary.Configuration);
    }

    private static Finding Cuda()
    {
        int count = Device.CudaCount;
        return Finding.Ok("cuda", count switch
        {
            0 => "no device that this libtorch can use: everything is computed on the CPU",
            1 => "1 device (cuda:0)",
            _ => $"{count} devices (cuda:0 to cuda:{count - 1})",
        });
    }

    private static Finding Processes()
    {
        string[] backends = [.. Enum.GetValues<GroupBackend>().Where(b => b.IsAvailable()).Select(b => b.ToString())];
        return backends.Length > 0
            ? Finding.Ok("processes", $"`train --processes` works, with {string.Join(" and ", backends)}")
            : Finding.Warning(
                "processes", "the shim was built without process groups: training runs in one process only",
                "For more, install libgloo-dev, delete artifacts/native and build again (./stylegan does).");
    }

    private static Finding Waiting() => Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") switch
    {
        null or "" => Finding.Ok("omp_wait_policy", "not set: the program chooses passive"),
        string policy when policy.Equals("active", StringComparison.OrdinalIgnoreCase) => Finding.Warning(
            "omp_wait_policy", policy,
            "Idle threads spin and slow down everything that shares the cores: unset OMP_WAIT_POLICY."),
        string policy => Finding.Ok("omp_wait_policy", policy),
    };

    private static void Try(List<Finding> findings, string name, Func<Finding> check)
    {
        try
        {
            findings.Add(check());
        }
        catch (TorchException e)
        {
            findings.Add(Finding.Warning(name, e.Message, "libtorch was found but does not work fully: install it again."));
        }
    }

    private static string Place(string? path) => path is null ? "" : $" ({path})";
}
