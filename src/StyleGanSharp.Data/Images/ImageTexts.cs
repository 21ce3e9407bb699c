using System.Text;
using System.Xml;
using System.Xml.Linq;
using NetVips;

namespace StyleGanSharp.Data.Images;

/// <summary>Texts inside image files: PNG's text chunks, and in WebP an XMP packet with one attribute for each text.</summary>
internal static class ImageTexts
{
    private const string PngField = "png-comment-";
    private const string XmpField = "xmp-data";
    /// <summary>The image with texts that its saver writes; dispose it.</summary>
    internal static Image Attach(Image image, ImageFormat format, IReadOnlyDictionary<string, string> texts) =>
        image.Mutate(fields =>
    {
        if (format == ImageFormat.WebP)
        {
            fields.Set(GValue.BlobType, XmpField, Encoding.UTF8.GetBytes(XmpPacket.Of(texts)));
            return;
        }

        int index = 0;
        foreach ((string key, string text) in texts)
        {
            fields.Set(GValue.GStrType, $"{PngField}{index++}-{key}", text);
        }
    });

    /// <summary>The texts of an opened image, the first one of each key.</summary>
    internal static Dictionary<string, string> Read(Image image)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in image.GetFields())
        {
            // png-comment-INDEX-KEY
            if (field.StartsWith(PngField, StringComparison.Ordinal) && field.IndexOf('-', PngField.Length) is int dash and > 0
                && image.Get(field) is string text)
            {
                texts.TryAdd(field[(dash + 1)..], text);
            }
            else if (field == XmpField && image.Get(field) is byte[] { Length: <= XmpPacket.MaxBytes } packet)
            {
                XmpPacket.Read(packet, texts);
            }
        }

        return texts;
    }
}

/// <summary>The XMP packet of WebP files. A class of its own: PNG files need no XML.</summary>
file static class XmpPacket
{
    internal const int MaxBytes = 1 << 26;

    private static readonly XNamespace Meta = "adobe:ns:meta/";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Own = "urn:stylegansharp:texts";

    internal static string Of(IReadOnlyDictionary<string, string> texts) => new XElement(
        Meta + "xmpmeta",
        new XAttribute(XNamespace.Xmlns + "x", Meta),
        new XElement(
            Rdf + "RDF",
            new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
            new XElement(
                Rdf + "Description",
                new XAttribute(Rdf + "about", ""),
                new XAttribute(XNamespace.Xmlns + "t", Own),
                texts.Select(t => new XAttribute(Own + t.Key, t.Value))))).ToString(SaveOptions.DisableFormatting);

    // A packet of another program, or a damaged one, holds none of these texts.
    internal static void Read(byte[] packet, Dictionary<string, string> texts)
    {
        try
        {
            var settings = new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = MaxBytes
            };
            using var reader = XmlReader.Create(new MemoryStream(packet), settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Description"
                    || reader.NamespaceURI != Rdf.NamespaceName)
                {
                    continue;
                }

                for (bool more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
                {
                    if (reader.NamespaceURI == Own.NamespaceName)
                    {
                        texts.TryAdd(reader.LocalName, reader.Value);
                    }
                }
            }
        }
        catch (XmlException)
        {
            // Nothing of ours.
        }
    }
}
