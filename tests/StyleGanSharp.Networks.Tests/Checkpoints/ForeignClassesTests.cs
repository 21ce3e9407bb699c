using System.Text;
using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Networks.Checkpoints.Pickle;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch.Autograd;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Snapshots that hold objects of classes nobody knows here beside a generator that is known.</summary>
[WithTensorScope]
public sealed class ForeignClassesTests : IDisposable
{
    // How protocols 2 to 5 make objects: of any class, with lists, dictionaries, functions and further objects in their state.
    private const string Network = "cpg_modules.discriminator\nProjectedDiscriminator\n)\u0081}(";

    private const string Source = "snapshots/ada-skip-32-c3.pkl"; // Of a protocol without frames, whose lengths would no longer be right.

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Objects =>
    [
        Network + "X\u0001\0\0\0aK\u0001ub",
        Network + "X\u0001\0\0\0actimm.models\nEfficientNet\n)\u0081}bub",
        "cfunctools\npartial\n(ctorch.nn.functional\nsilu\ntR",
        "ctimm.models\nFeatures\n)\u0081(K\u0001K\u0002e",
        "ctimm.models\nFeatures\n)\u0081K\u0001a",
        "ctimm.models\nConfig\n)\u0081(X\u0001\0\0\0aK\u0001u",
        "ctimm.models\nConfig\n)\u0081X\u0001\0\0\0aK\u0001s",
        "ctimm.models\nmake\n)R)R}b",
        "}ctimm.models\nConfig\nK\u0001s",
        "}ctimm.models\nConfig\n)\u0081K\u0001s",
        "ccopy_reg\n_reconstructor\n(ctimm.models\nConfig\nc__builtin__\ndict\n}tR",
        "ctorch\nfloat32\n",
        "ctorch\ndevice\n(X\u0003\0\0\0cpu\u0074R",
        "ccollections\ndefaultdict\n(c__builtin__\nlist\ntR(X\u0001\0\0\0aK\u0001u",
        "cpathlib\nPosixPath\n(X\u0001\0\0\0/tR",
    ];

    public void Dispose() => folder.Dispose();

    [Theory, MemberData(nameof(Objects))]
    public void A_generator_beside_them_is_loaded_and_they_are_listed(string pickle)
    {
        using GradMode mode = GradMode.Off();
        string path = With("D", pickle);
        using IGenerator generator = GeneratorFile.Open(path).Load();
        using IGenerator plain = GeneratorFile.Open(Fixtures.Golden.Path(Source)).Load();
        Assert.Equal(ConvertedNetworkTests.Picture(plain), ConvertedNetworkTests.Picture(generator));
        SnapshotSummary summary = SnapshotSummary.Read(path);
        Assert.Contains("G_ema", summary.Networks.Select(n => n.Name));
        Assert.Contains("D", summary.OtherEntries.Keys);
        Assert.Contains("'D'", Assert.Throws<SnapshotException>(
            () => NetworkLoader.LoadDiscriminator(SnapshotFile.Read(path))).Message);
    }

    [Fact]
    public void A_network_with_a_foreign_part_is_named_and_does_not_hide_the_others()
    {
        using GradMode mode = GradMode.Off();
        string path = With("D", Module("ctimm.models\nEfficientNet\n)\u0081"));
        GeneratorFile.Open(path).Load().Dispose();
        NetworkSummary network = Assert.Single(SnapshotSummary.Read(path).Networks, n => n.Name == "D");
        Assert.Contains("timm.models.EfficientNet", network.Problem);
        Assert.False(network.CanRun);
        Assert.Contains(
            "timm.models.EfficientNet", Assert.Throws<SnapshotException>(
                () => NetworkLoader.LoadDiscriminator(SnapshotFile.Read(path))).Message);

        // Where it is the one that is needed, no other takes its place.
        Assert.Contains(
            "timm.models.EfficientNet",
            Assert.Throws<SnapshotException>(
                () => GeneratorFile.Open(With("G_ema", Module("ctimm.models\nEfficientNet\n)\u0081"))).Load()).Message);
    }

    [Theory]
    [InlineData("cos\nsystem\n(X\u0002\0\0\0idtR", "os.system")]
    [InlineData("csubprocess\nPopen\n)\u0081", "subprocess.Popen")]
    [InlineData("c__builtin__\neval\n)R", "__builtin__.eval")]
    [InlineData("cbuiltins\ngetattr\n)R", "builtins.getattr")]
    [InlineData("ctorch.hub\nload\n)R", "torch.hub.load")]
    [InlineData("ctorch.serialization\n_load\n)R", "torch.serialization._load")]
    [InlineData("ctorch._utils\n_rebuild_qtensor\n)R", "torch._utils._rebuild_qtensor")]
    [InlineData("cTorch._Utils\n_rebuild_tensor_v2\n)R", "Torch._Utils")]
    [InlineData("cdnnlib.util\nget_obj_by_name\n)R", "dnnlib.util.get_obj_by_name")]
    public void What_attacks_end_the_reading_with(string pickle, string named)
    {
        SnapshotException error = Assert.Throws<SnapshotException>(() => SnapshotFile.Read(With("D", pickle)));
        Assert.Contains(named, error.Message);
        Assert.IsType<PickleException>(error.InnerException);
    }

    [Fact]
    public void A_file_that_is_nothing_but_a_foreign_object_is_refused_by_its_name()
    {
        string path = folder["x.pkl"];
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(Network + "X\u0001\0\0\0aK\u0001ub."));
        Assert.Contains("pg_modules.discriminator.ProjectedDiscriminator", Assert.Throws<SnapshotException>(
            () => SnapshotFile.Read(path)).Message);
    }

    // A persistent module with one submodule of these opcodes.
    private static string Module(string child) =>
        "ctorch_utils.persistence\n_reconstruct_persistent_obj\n}(Vtype\nVclass\nVversion\nK\u0006Vmodule_src\nV\nVclass_name\nVDiscriminator\nVstate\n}("
        + $"Vtraining\n\u0089V_parameters\n}}V_buffers\n}}V_modules\n}}Vbackbone\n{child}suu\u0085R";

    // The golden snapshot is one dictionary; before its end another value takes the place of one of its entries.
    private string With(string key, string pickle)
    {
        byte[] whole = File.ReadAllBytes(Fixtures.Golden.Path(Source));
        Assert.Equal((byte)'.', whole[^1]);
        string path = folder["x.pkl"];
        File.WriteAllBytes(path, [.. whole[..^1], .. Encoding.Latin1.GetBytes($"V{key}\n{pickle}s.")]);
        return path;
    }
}
