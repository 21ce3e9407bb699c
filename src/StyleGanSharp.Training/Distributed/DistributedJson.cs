using System.Text.Json.Serialization;

namespace StyleGanSharp.Training.Distributed;

/// <summary>How processes write to each other.</summary>
[JsonSerializable(typeof(Member))]
[JsonSerializable(typeof(Agreement))]
[JsonSerializable(typeof(Beat))]
internal sealed partial class DistributedJson : JsonSerializerContext;
