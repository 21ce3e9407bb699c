using StyleGanSharp.Data.Options;

namespace StyleGanSharp.Data.Datasets.Creation;

/// <summary>Names of the options of <see cref="DatasetCreationOptions"/> inside sentences.</summary>
internal static class CreationOptions
{
    internal static OptionName Resolution => new("resolution");

    internal static OptionName Shape => new("shape");

    internal static OptionName Labels => new("labels");
}
