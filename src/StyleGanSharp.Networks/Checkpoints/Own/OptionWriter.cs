using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace StyleGanSharp.Networks.Checkpoints.Own;

/// <summary>Writes the fields of an options record as a JSON object.</summary>
internal sealed class OptionWriter : OptionFields
{
    private readonly Utf8JsonWriter json;

    private OptionWriter(Utf8JsonWriter json) => this.json = json;

    /// <summary>The text of a record.</summary>
    internal static string Text<T>(T options, Func<OptionFields, T, T> list)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            list(new OptionWriter(json), options);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    internal override int Count(string name, int value)
    {
        json.WriteNumber(name, value);
        return value;
    }

    internal override int? CountOrNull(string name, int? value)
    {
        if (value is int count)
        {
            json.WriteNumber(name, count);
        }
        else
        {
            json.WriteNull(name);
        }

        return value;
    }

    internal override int? CountOrNothing(string name, int? value) => value is int count ? Count(name, count) : null;

    internal override double Number(string name, double value)
    {
        json.WriteNumber(name, value);
        return value;
    }

    internal override double? NumberOrNull(string name, double? value)
    {
        if (value is double number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }

        return value;
    }

    internal override bool Flag(string name, bool value)
    {
        json.WriteBoolean(name, value);
        return value;
    }

    internal override ImmutableArray<double> Numbers(string name, ImmutableArray<double> value)
    {
        json.WriteStartArray(name);
        for (int i = 0; i < value.Length; i++)
        {
            json.WriteNumberValue(value[i]);
        }

        json.WriteEndArray();
        return value;
    }

    internal override T Inner<T>(string name, T value, Func<OptionFields, T, T> list)
    {
        json.WriteStartObject(name);
        list(this, value);
        json.WriteEndObject();
        return value;
    }

    private protected override Enum Choice(string name, Enum value)
    {
        json.WriteString(name, value.ToString());
        return value;
    }
}
