using System.Diagnostics;
using StyleGanSharp.Generation.Models;
using StyleGanSharp.Generation.Models.Downloads;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Cli.Tests.Downloads;

/// <summary>What <c>--network</c> may name.</summary>
public sealed class NetworkLocatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_address_is_downloaded_once_into_the_cache()
    {
        using var server = TinyServer.Of(File.ReadAllBytes(CommandLine.Snapshot("sg2-skip-32")), "\"one\"");
        string address = server.Address("some/net.pkl").AbsoluteUri;
        for (int i = 0; i < 2; i++)
        {
            CommandResult result = Run(
                "STYLEGAN_CACHE", folder["cache"], "generate", "--network", address, "--outdir", folder["out"]);
            Assert.True(result.Code == 0, result.Messages);
            Assert.Equal(i == 0, result.Messages.Contains("Downloading", StringComparison.Ordinal));
        }

        Assert.Single(server.Requests);
        Assert.Matches("^net-[0-9a-f]{8}.pkl$", Path.GetFileName(Assert.Single(Directory.GetFiles(folder["cache"]))));
        CommandLine.Succeed("generate", "--network", CommandLine.Snapshot("sg2-skip-32"), "--outdir", folder["own"]);
        Assert.Equal(CommandLine.Pixels(folder["own/seed0000.png"]), CommandLine.Pixels(folder["out/seed0000.png"]));

        Assert.Equal(0, Run(
            "XDG_CACHE_HOME", folder["xdg"], "video", "--seeds", "1", "--w-frames", "1", "--network", address, "--frames",
            folder["f"]).Code);
        Assert.Single(Directory.GetFiles(folder["xdg/stylegansharp"]));
    }

    [Fact]
    public void The_licence_of_official_networks_is_said_each_time()
    {
        // As if it had been downloaded before: tests have no web.
        Directory.CreateDirectory(folder["cache"]);
        File.Copy(CommandLine.Snapshot("sg2-skip-32"), folder[$"cache/{CacheFolder.FileName(OfficialModels.Find("ffhq")!)}"]);
        CommandResult result = Run(
            "STYLEGAN_CACHE", folder["cache"], "mix", "--rows", "1", "--cols", "2", "--network", "ffhq", "--outdir",
            folder["out"]);
        Assert.Equal(0, result.Code);
        Assert.Contains("non-commercial use only", result.Messages);
        Assert.DoesNotContain("Downloading", result.Messages);
    }

    [Fact]
    public void A_folder_with_the_name_of_a_network_is_not_taken_for_it()
    {
        CommandResult result = Run("STYLEGAN_CACHE", folder["cache"], "generate", "--seeds", "1", "--outdir", folder["out"]);
        Assert.True(result.Code == 0, result.Messages);
        Assert.True(File.Exists(folder["out/seed0001.png"]));
    }

    [Fact]
    public void A_failed_download_ends_with_code_1_and_one_sentence()
    {
        using var server = new TinyServer((_, stream, cancel) => TinyServer.Write(stream, "404 Not Found", default, cancel));
        CommandResult result = Run(
            "STYLEGAN_CACHE", folder["cache"], "generate", "--network", server.Address("a.pkl").AbsoluteUri, "--outdir",
            folder["out"]);
        Assert.Equal(1, result.Code);
        Assert.Contains("does not exist there", CommandLine.OneSentence(result));
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_named()
    {
        File.WriteAllText(folder["taken"], "mine");
        using var server = TinyServer.Of([0x80], "\"one\"");
        CommandResult result = Run(
            "STYLEGAN_CACHE", folder["taken"], "generate", "--network", server.Address("a.pkl").AbsoluteUri);
        Assert.Equal(1, result.Code);
        Assert.Contains("cannot be written", CommandLine.OneSentence(result));
    }

    [Theory]
    [InlineData("fhq", "did you mean ffhq")]
    [InlineData("FFHQ", "ffhq")]
    [InlineData("stylegan3-t-ffhq", "stylegan3-t-ffhq-1024x1024")]
    [InlineData("metface", "metfaces")]
    [InlineData("zzzzzzzz", "docs/networks.md")]
    [InlineData("http://", "valid address")]
    public void Unknown_names_list_near_ones(string name, string words)
    {
        string sentence = CommandLine.Refuse("generate", "--network", name, "--outdir", folder["out"]);
        Assert.Contains(words, sentence);
        Assert.Empty(folder.Names);
    }

    [Theory]
    [InlineData("none.pkl")]
    [InlineData("folder/none")]
    public void A_path_stays_a_path(string path) =>
        Assert.Contains("no such file", CommandLine.Refuse("generate", "--network", path, "--outdir", folder["out"]));

    [Theory]
    [InlineData("ffhq", "https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/ffhq.pkl")]
    [InlineData("stylegan3-r-afhqv2-512x512.pkl",
        "https://api.ngc.nvidia.com/v2/models/nvidia/research/stylegan3/versions/1/files/stylegan3-r-afhqv2-512x512.pkl")]
    [InlineData("stylegan2-church-config-a", "https://nvlabs-fi-cdn.nvidia.com/stylegan2/networks/stylegan2-church-config-a.pkl")]
    [InlineData("stylegan1-cats", "https://drive.google.com/uc?id=1MQywl0FNt6lHu8E_EUqnRbviagS7fbiJ")]
    public void Official_names_have_their_published_addresses(string name, string address)
    {
        Uri found = OfficialModels.Find(name)!;
        Assert.Equal(address, found.AbsoluteUri);
        Assert.True(OfficialModels.IsOfficial(found));
        Assert.False(OfficialModels.IsOfficial(new Uri("https://example.org/ffhq.pkl")));
    }

    [Fact]
    public void The_page_lists_all_names()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "docs", "networks.md"));
        Assert.All(OfficialModels.Names, name => Assert.Contains($"`{name}`", page));
        Assert.Equal(62, OfficialModels.Names.Count);
    }

    [Fact]
    public void Names_of_files_in_the_cache_are_harmless_and_differ()
    {
        string one = CacheFolder.FileName(new Uri("https://a.org/x/..%2f..%2fetc%2fpasswd")), other = CacheFolder.FileName(
            new Uri("https://b.org/x/..%2f..%2fetc%2fpasswd"));
        Assert.Matches("^[A-Za-z0-9._-]+$", one);
        Assert.NotEqual(one, other);
        Assert.Matches("^network-[0-9a-f]{8}$", CacheFolder.FileName(new Uri("https://a.org/")));
    }

    private CommandResult Run(string variable, string value, params string[] args)
    {
        var environment = new Dictionary<string, string> { [variable] = value };
        using Process process = CommandLine.Start(folder.Path, environment, args);
        return CommandLine.Finish(process);
    }
}
