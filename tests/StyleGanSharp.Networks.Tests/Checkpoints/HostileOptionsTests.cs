using StyleGanSharp.Networks.Checkpoints;
using StyleGanSharp.Testing;
using StyleGanSharp.Torch;
using StyleGanSharp.Torch.IO;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Network files of every family whose options or tensors were changed by hand.</summary>
[WithTensorScope]
public sealed class HostileOptionsTests : IDisposable
{
    private const string StyleGan1 = "stylegan1-32", Labelled = "stylegan1-labels-16", Traditional = "stylegan1-traditional-16";
    private const string Growing = "stylegan2-config-d-32", StyleGan2 = "stylegan2-config-f-32", ProGan = "progan-tf-separate-32";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // Every size is proved by a tensor, every enumeration has only its names, every number is finite.
    [Theory]
    [InlineData(StyleGan1, "resolution", "33", "power of two")]
    [InlineData(StyleGan1, "resolution", "16384", "expected 4 to 8192")]
    [InlineData(StyleGan1, "resolution", "-4", "expected 4 to 8192")]
    [InlineData(StyleGan1, "resolution", "64", "which is missing")]
    [InlineData(StyleGan1, "resolution", "16", "do not fit")]
    [InlineData(StyleGan1, "image_channels", "60000", "torgb.conv.weight")]
    [InlineData(StyleGan1, "image_channels", "0", "expected 1 to")]
    [InlineData(StyleGan1, "channel_base", "2147483647", "conv0.conv.weight")]
    [InlineData(StyleGan1, "channel_base", "-1", "'channel_base' is -1")]
    [InlineData(StyleGan1, "channel_base", "2", "'channel_base' is 0")]
    [InlineData(StyleGan1, "channel_max", "65536", "b4.input.const")]
    [InlineData(StyleGan1, "channel_decay", "1e999", "cannot be read")]
    [InlineData(StyleGan1, "channel_decay", "-1", "'channel_decay' is -1")]
    [InlineData(StyleGan1, "channel_decay", "\"NaN\"", "cannot be read")]
    [InlineData(StyleGan1, "z_dim", "65536", "mapping.fc0.weight")]
    [InlineData(StyleGan1, "z_dim", "0", "'z_dim' is 0")]
    [InlineData(StyleGan1, "w_dim", "65536", "mapping.fc")]
    [InlineData(StyleGan1, "c_dim", "65536", "mapping.label.weight")]
    [InlineData(StyleGan1, "c_dim", "-1", "'c_dim' is -1")]
    [InlineData(StyleGan1, "mapping_layers", "65", "expected 0 to 64")]
    [InlineData(StyleGan1, "mapping_layers", "60", "mapping.fc")]
    [InlineData(StyleGan1, "mapping_features", "65536", "mapping.fc0.weight")]
    [InlineData(StyleGan1, "mapping_lr_multiplier", "0", "'mapping_lr_multiplier' is 0")]
    [InlineData(StyleGan1, "mapping_lr_multiplier", "1e999", "cannot be read")]
    [InlineData(StyleGan1, "w_avg_beta", "2", "'w_avg_beta' is 2")]
    [InlineData(StyleGan1, "w_avg_beta", "null", "do not fit")]
    [InlineData(StyleGan1, "activation", "99", "$.activation is wrong")]
    [InlineData(StyleGan1, "activation", "\"Evil\"", "cannot be read")]
    [InlineData(StyleGan1, "blur_filter", "null", "blur_filter")]
    [InlineData(StyleGan1, "blur_filter", "[1,1e999,1]", "cannot be read")]
    [InlineData(StyleGan1, "blur_filter", "[1,1]", "do not fit")]
    [InlineData(StyleGan1, "blur_filter", "[]", "do not fit")]
    [InlineData(StyleGan1, "const_input", "false", "b4.input.weight")]
    [InlineData(StyleGan1, "use_styles", "false", "do not fit")]
    [InlineData(StyleGan1, "use_noise", "false", "do not fit")]
    [InlineData(StyleGan1, "can_grow", "false", "do not fit")]
    [InlineData(Labelled, "c_dim", "65536", "mapping.label.weight")]
    [InlineData(Labelled, "c_dim", "0", "mapping.fc0.weight")]
    [InlineData(Traditional, "const_input", "true", "b4.input.const")]
    [InlineData(Traditional, "use_noise", "true", "noise_const")]
    [InlineData(Growing, "resolution", "64", "which is missing")]
    [InlineData(Growing, "image_channels", "60000", "torgb.weight")]
    [InlineData(Growing, "channel_max", "65536", "conv1.weight")]
    [InlineData(Growing, "activation", "99", "$.activation is wrong")]
    [InlineData(Growing, "architecture", "99", "$.architecture is wrong")]
    [InlineData(Growing, "conv_clamp", "1e999", "cannot be read")]
    [InlineData(Growing, "activation", "\"1\"", "$.activation is wrong")]
    [InlineData(Growing, "activation", "\"leakyrelu\"", "$.activation is wrong")]
    [InlineData(Growing, "resolution", "32.5", "$.resolution is wrong")]
    [InlineData(Growing, "use_noise", "1", "$.use_noise is wrong")]
    [InlineData(Growing, "resample_filter", "3", "$.resample_filter is wrong")]
    [InlineData(StyleGan2, "mapping", "null", "$.mapping is wrong")]
    [InlineData(StyleGan2, "mapping.label_input", "99", "$.mapping.label_input is wrong")]
    [InlineData(StyleGan2, "mapping.num_layers", "-1", "'mapping.num_layers' is -1")]
    [InlineData(StyleGan2, "mapping.num_layers", "0", "without mapping layers")]
    [InlineData(StyleGan2, "mapping.activation", "-1", "$.mapping.activation is wrong")]
    [InlineData(StyleGan2, "mapping.lr_multiplier", "0", "'mapping.lr_multiplier' is 0")]
    [InlineData(StyleGan2, "resample_filter", "[]", "resample_filter")]
    [InlineData(StyleGan2, "resample_filter", "[1,1e999]", "cannot be read")]
    [InlineData(ProGan, "activation", "99", "$.activation is wrong")]
    [InlineData(ProGan, "channels", "null", "$.channels is wrong")]
    [InlineData(ProGan, "channels.decay", "1e999", "cannot be read")]
    [InlineData(ProGan, "pixel_norm_epsilon", "-1", "'pixel_norm_epsilon' is -1")]
    public void Options_that_do_not_fit_are_refused_in_one_sentence(string name, string option, string value, string words) =>
        Assert.Contains(words, Refused(
            name, (metadata, _) => metadata["options"] = JsonEdit.Set(metadata["options"], option, value)));

    [Theory]
    [InlineData(StyleGan1, float.NaN)]
    [InlineData(StyleGan1, -27f)]
    [InlineData(Growing, float.PositiveInfinity)]
    [InlineData(ProGan, -1f)]
    public void A_level_of_detail_that_is_none_is_refused(string name, float lod) =>
        Assert.Contains("level of detail", Refused(name, (_, tensors) => tensors["lod"] = Tensor.From([lod], [])));

    [Theory, InlineData(StyleGan1), InlineData(Growing), InlineData(ProGan)]
    public void Tensors_of_whole_numbers_are_refused(string name) =>
        Assert.Contains("is of type Int64", Refused(name, (_, tensors) => tensors["lod"] = tensors["lod"].To(DType.Int64)));

    [Theory]
    [InlineData(StyleGan1, "stylegan2", "cannot be read")]
    [InlineData(Growing, "stylegan2", "do not fit")]
    [InlineData(StyleGan2, "stylegan2-growing", "do not fit")]
    [InlineData(ProGan, "stylegan1", "cannot be read")]
    public void A_file_of_one_family_is_no_file_of_another(string name, string family, string words) =>
        Assert.Contains(words, Refused(name, (metadata, _) => metadata["family"] = family));

    private string Refused(string name, Action<Dictionary<string, string>, Dictionary<string, Tensor>> change)
    {
        string path = folder["x.safetensors"];
        using (IGenerator generator = GeneratorFile.Open(Fixtures.GoldenTf.Path($"{name}.pkl")).Load())
        {
            NetworkFile.Write(path, generator);
        }

        using (SafetensorsFile file = Safetensors.Read(path))
        {
            (Dictionary<string, string> metadata, Dictionary<string, Tensor> tensors) = (new(file.Metadata), new(file.Tensors));
            change(metadata, tensors);
            Safetensors.Write(path, tensors.Select(t => (t.Key, t.Value)), metadata);
        }

        SnapshotException error = Assert.Throws<SnapshotException>(() => GeneratorFile.Open(path).Load());
        Assert.StartsWith(path, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
