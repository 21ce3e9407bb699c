using System.Text.Json.Nodes;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Changes a JSON text by hand.</summary>
internal static class JsonEdit
{
    /// <summary>Replaces a value that is there.</summary>
    /// <param name="json">A JSON object.</param>
    /// <param name="place">Its keys, joined by dots.</param>
    /// <param name="value">The new value as it is to stand in the text, even if no parser would write it so.</param>
    internal static string Set(string json, string place, string value)
    {
        const string Mark = "(the new value)";
        JsonNode root = JsonNode.Parse(json)!;
        string[] keys = place.Split('.');
        JsonObject owner = keys[..^1].Aggregate(root.AsObject(), (node, key) => node[key]!.AsObject());
        Assert.True(owner.ContainsKey(keys[^1]), $"There is no {place} in {json}.");
        owner[keys[^1]] = Mark;
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }
}
