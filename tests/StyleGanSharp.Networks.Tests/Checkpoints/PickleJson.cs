using System.Text.Json;
using System.Text.Json.Nodes;
using StyleGanSharp.Networks.Checkpoints.Pickle;

namespace StyleGanSharp.Networks.Tests.Checkpoints;

/// <summary>Plain pickle values as JSON text, to compare them with the golden JSON files.</summary>
internal static class PickleJson
{
    public static string Serialize(object? value) => JsonSerializer.Serialize(Node(value));

    private static JsonNode? Node(object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        PickleList list => new JsonArray([.. list.Select(Node)]),
        PickleTuple tuple => new JsonArray([.. tuple.Select(Node)]),
        PickleDictionary dictionary =>
            new JsonObject(dictionary.Select(entry => KeyValuePair.Create((string)entry.Key!, Node(entry.Value)))),
        _ => throw new NotSupportedException(value.GetType().Name),
    };
}
