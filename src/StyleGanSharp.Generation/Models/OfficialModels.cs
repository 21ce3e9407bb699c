namespace StyleGanSharp.Generation.Models;

/// <summary>The official networks, by the names of their files, with the addresses their projects publish.</summary>
public static class OfficialModels
{
    private const string Ada = "https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/";
    private const string TensorFlow = "https://nvlabs-fi-cdn.nvidia.com/stylegan2/networks/";
    private const string Ngc = "https://api.ngc.nvidia.com/v2/models/nvidia/research/";
    private const string Drive = "https://drive.google.com/uc?id=";

    private static readonly SortedDictionary<string, Uri> Networks = Collect();

    /// <summary>All names, in alphabetical order.</summary>
    public static IReadOnlyCollection<string> Names => Networks.Keys;

    /// <summary>The address of a network, with or without the ending of its file; null: there is none of that name.</summary>
    public static Uri? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        string plain = name.EndsWith(".pkl", StringComparison.Ordinal) ? name[..^4] : name;
        return Networks.GetValueOrDefault(ShortNames.GetValueOrDefault(plain, plain));
    }

    /// <summary>What StyleGAN2-ADA's training program calls its networks to start from.</summary>
    public static IReadOnlyDictionary<string, string> ShortNames { get; } = new Dictionary<string, string>
    {
        ["ffhq256"] = "ffhq-res256-mirror-paper256-noaug",
        ["ffhq512"] = "ffhq-res512-mirror-stylegan2-noaug",
        ["ffhq1024"] = "ffhq-res1024-mirror-stylegan2-noaug",
        ["celebahq256"] = "celebahq-res256-mirror-paper256-kimg100000-ada-target0.5",
        ["lsundog256"] = "lsundog-res256-paper256-kimg100000-noaug",
    };

    /// <summary>Whether an address is one of the official ones' hosts.</summary>
    public static bool IsOfficial(Uri address) =>
        address.Host.EndsWith(".nvidia.com", StringComparison.OrdinalIgnoreCase) || Networks.ContainsValue(address);

    private static SortedDictionary<string, Uri> Collect()
    {
        var all = new SortedDictionary<string, Uri>(StringComparer.Ordinal);
        void Add(string folder, params string[] names)
        {
            foreach (string name in names)
            {
                all.Add(name, new Uri($"{folder}{name}.pkl"));
            }
        }

        // StyleGAN2-ADA has the plain names.
        Add(Ada, "ffhq", "metfaces", "afhqcat", "afhqdog", "afhqwild", "cifar10", "brecahad");
        Add(
            $"{Ada}transfer-learning-source-nets/", "ffhq-res256-mirror-paper256-noaug", "ffhq-res512-mirror-stylegan2-noaug",
            "ffhq-res1024-mirror-stylegan2-noaug",
            "celebahq-res256-mirror-paper256-kimg100000-ada-target0.5", "lsundog-res256-paper256-kimg100000-noaug");
        Add(
            $"{Ngc}stylegan3/versions/1/files/",
            "stylegan3-t-ffhq-1024x1024", "stylegan3-t-ffhqu-1024x1024", "stylegan3-t-ffhqu-256x256",
            "stylegan3-t-metfaces-1024x1024",
            "stylegan3-t-metfacesu-1024x1024", "stylegan3-t-afhqv2-512x512", "stylegan3-r-ffhq-1024x1024",
            "stylegan3-r-ffhqu-1024x1024",
            "stylegan3-r-ffhqu-256x256", "stylegan3-r-metfaces-1024x1024", "stylegan3-r-metfacesu-1024x1024",
            "stylegan3-r-afhqv2-512x512");

        Add(
            $"{Ngc}stylegan2/versions/1/files/",
            "stylegan2-ffhq-1024x1024", "stylegan2-ffhq-512x512", "stylegan2-ffhq-256x256", "stylegan2-ffhqu-1024x1024",
            "stylegan2-ffhqu-256x256",
            "stylegan2-metfaces-1024x1024", "stylegan2-metfacesu-1024x1024", "stylegan2-afhqv2-512x512",
            "stylegan2-afhqcat-512x512",
            "stylegan2-afhqdog-512x512", "stylegan2-afhqwild-512x512", "stylegan2-brecahad-512x512", "stylegan2-cifar10-32x32",
            "stylegan2-celebahq-256x256", "stylegan2-lsundog-256x256");

        foreach (string subject in (string[])["ffhq", "car", "cat", "church", "horse"])
        {
            string variants = subject is "ffhq" or "car" ? "abcdef" : "af";
            Add(TensorFlow, [.. variants.Select(v => $"stylegan2-{subject}-config-{v}")]);
        }

        foreach ((string name, string id) in ((string, string)[])
            [
                ("ffhq", "1MEGjdvVpUsu1jB4zrXZN7Y4kBBOzizDQ"), ("celebahq", "1MGqJl28pN4t7SAtSrPdSRJSQJqahkzUf"),
                ("bedrooms", "1MOSKeGF0FJcivpBI7s63V9YHloUTORiF"), ("cars", "1MJ6iCfNtMIRicihwRorsM3b7mmtmK9c3"),
                ("cats", "1MQywl0FNt6lHu8E_EUqnRbviagS7fbiJ"),
            ])
        {
            all.Add($"stylegan1-{name}", new Uri(Drive + id));
        }

        return all;
    }
}
