using System.Security.Cryptography;
using System.Text.Json;
using StyleGanSharp.Data.Images;
using StyleGanSharp.Faces.Detection;
using StyleGanSharp.Faces.Imaging;
using StyleGanSharp.Faces.Networks;
using StyleGanSharp.Testing;

namespace StyleGanSharp.Faces.Tests.Detection;

/// <summary>Every step from image to descriptor as the library does it, each by itself from the stored crop before it.</summary>
public sealed class DetectionGoldenTests
{
    public static TheoryData<string> Cases => Golden.Images;

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Images_are_decoded_alike(string name) => Assert.Equal(
        Golden.Expected(name).GetProperty("rgb_sha256").GetString(), Convert.ToHexStringLower(
            SHA256.HashData(Golden.Image(name).Pixels)));

    [GoldenTheory, MemberData(nameof(Cases))]
    public void Faces_are_found_where_the_library_finds_them(string name)
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Golden.Image(name);
        foreach (JsonProperty property in Golden.Expected(name).EnumerateObject().Where(
            p => p.Name.StartsWith("detector_", StringComparison.Ordinal)))
        {
            JsonElement expected = property.Value;
            int size = expected.GetProperty("input_size").Int();
            var options = new FaceOptions
            {
                InputSize = size,
                MinScore = expected.GetProperty("score_threshold").GetDouble(),
                Geometry = FaceGeometry.Library,
                Search = FaceSearch.Once,
                Parts = FaceParts.None,
            };
            var view = new NetworkView(
                image, PixelBox.All(image.Width, image.Height), size, centred: false, FaceGeometry.Library);
            Golden.InputIs(expected, "", view.Pixels, size);
            double highest = BoxDecoder.HighestScore(analyzer.Detector.Run(view), size / DetectorNetwork.CellSize);
            Golden.Near([expected.GetProperty("highest_score").GetDouble()], [highest], Golden.Score, "highest score");
            Assert.Equal(
                expected.GetProperty("candidates_over_threshold").Int(), analyzer.Detector.FindUpright(
                    image, options, size).Count);

            IReadOnlyList<Face> faces = analyzer.Analyze(image, options);
            JsonElement[] detections = [.. expected.GetProperty("detections").EnumerateArray()];
            Assert.Equal(detections.Length, faces.Count);
            foreach ((JsonElement detection, Face face) in detections.Zip(faces))
            {
                Golden.Near([detection.GetProperty("score").GetDouble()], [face.Score], Golden.Score, "score");
                Golden.Near(Golden.Box(detection.GetProperty("box")), face.Box, Golden.BoxPixels, "box");
                Assert.Null(face.Landmarks);
            }
        }
    }

    [GoldenTheory, MemberData(nameof(Cases))]
    [WithTensorScope]
    public void Every_step_from_its_stored_crop_is_that_of_the_library(string name)
    {
        using FaceAnalyzer analyzer = Golden.Open();
        ImageBuffer image = Golden.Image(name);
        foreach (JsonElement expected in Golden.Expected(name).GetProperty("faces").EnumerateArray())
        {
            FaceBox box = Golden.Box(expected.GetProperty("box"));
            PixelBox crop = Golden.Crop(expected.GetProperty("landmark_crop"));
            Assert.Equal(crop, PixelBox.Clip(box, image.Width, image.Height));
            Golden.InputIs(expected, "landmark_", View(image, crop, FeatureBody.Side).Pixels, FeatureBody.Side);
            FacePoint[] inCrop = [.. analyzer.Reader.LandmarksInCrop(image, crop, FaceGeometry.Library)
                .Select(p => new FacePoint(p.X - crop.X, p.Y - crop.Y))];
            Golden.Near(Golden.Points(expected.GetProperty("landmarks_in_crop")), inCrop, Golden.LandmarkPixels,
                "landmarks in the crop");

            FacePoint[] landmarks = Golden.Points(expected.GetProperty("landmarks"));
            Golden.Near(landmarks, analyzer.Reader.Landmarks(image, box, FaceGeometry.Library), Golden.LandmarkPixels,
                "landmarks");
            Golden.Near(Golden.Box(expected.GetProperty("aligned_box")), FaceCrops.Aligned(landmarks), Golden.LandmarkPixels,
                "aligned box");
            PixelBox aligned = Golden.Crop(expected.GetProperty("aligned_crop"));
            Assert.Equal(aligned, PixelBox.Clip(FaceCrops.Aligned(landmarks), image.Width, image.Height));
            Golden.InputIs(expected, "aligned_", View(image, aligned, FeatureBody.Side).Pixels, FeatureBody.Side);
            Golden.Near(Expressions(expected), analyzer.Reader.Expressions(image, aligned, FaceGeometry.Library),
                Golden.Probability, "expressions");
            (double age, double[] gender) = analyzer.Reader.AgeAndGender(image, aligned, FaceGeometry.Library);
            Golden.Near([expected.GetProperty("age").GetDouble()], [age], Golden.Age, "age");
            Golden.Near([MaleProbability(expected)], [gender[0]], Golden.Probability, "gender");

            Assert.Equal(Golden.Box(expected.GetProperty("descriptor_box")), FaceCrops.Descriptor(
                landmarks, crop.Width, crop.Height));
            PixelBox square = Golden.Crop(expected.GetProperty("descriptor_crop"));
            Assert.Equal(square, PixelBox.Clip(Golden.Box(expected.GetProperty("descriptor_box")), image.Width, image.Height));
            Golden.InputIs(expected, "descriptor_", View(image, square, DescriptorNetwork.Side).Pixels, DescriptorNetwork.Side);
            Golden.Near(
                Golden.Numbers(expected.GetProperty("descriptor")),
                [.. analyzer.Reader.Descriptor(image, square, FaceGeometry.Library).Select(v => (double)v)], Golden.Descriptor,
                "descriptor");
        }
    }

    [GoldenTheory, MemberData(nameof(Cases))]
    public void The_whole_analysis_is_that_of_the_library(string name)
    {
        using FaceAnalyzer analyzer = Golden.Open();
        JsonElement[] expected = [.. Golden.Expected(name).GetProperty("faces").EnumerateArray()];
        IReadOnlyList<Face> faces = analyzer.Analyze(
            Golden.Image(name), new FaceOptions { Geometry = FaceGeometry.Library, Search = FaceSearch.Once });
        Assert.Equal(expected.Length, faces.Count);
        foreach ((JsonElement face, Face found) in expected.Zip(faces))
        {
            Golden.Near(Golden.Points(face.GetProperty("landmarks")), found.Landmarks!, Golden.LandmarkPixels, "landmarks");
            Golden.Near(Expressions(face), found.Expressions!, Golden.Probability, "expressions");
            Golden.Near([face.GetProperty("age").GetDouble()], [found.Age!.Value], Golden.Age, "age");
            Assert.Equal(face.GetProperty("gender").GetString(), found.Gender!.Value.Gender.ToString().ToLowerInvariant());
            Golden.Near([face.GetProperty("gender_probability").GetDouble()], [found.Gender.Value.Probability],
                Golden.Probability, "gender");
            Golden.Near(
                Golden.Numbers(face.GetProperty("descriptor")), [.. found.Descriptor!.Select(v => (double)v)], Golden.Descriptor,
                "descriptor");
        }
    }

    [Fact]
    [Trait("Kind", "Golden")]
    public void Descriptors_are_as_far_apart_as_the_library_says()
    {
        using FaceAnalyzer analyzer = Golden.Open();
        var options = new FaceOptions { Geometry = FaceGeometry.Library, Search = FaceSearch.Once, Parts = FaceParts.Descriptor };
        var faces = new Dictionary<string, Face>();
        Face Of(JsonElement number)
        {
            string name = Golden.Images.Select(i => i.Data).Single(
                n => n.StartsWith($"{number.GetString()}-", StringComparison.Ordinal));
            return faces.TryGetValue(name, out Face? face)
                ? face : faces[name] = analyzer.Analyze(Golden.Image(name), options)[0];
        }

        const double rounding = 1e-4; // 128 numbers, each to Golden.Descriptor.
        foreach (JsonElement pair in Golden.Json("expected.json").GetProperty("descriptor_distances").EnumerateArray())
        {
            double distance = Of(pair.GetProperty("a")).DistanceTo(Of(pair.GetProperty("b")));
            Golden.Near([pair.GetProperty("distance").GetDouble()], [distance], rounding, pair.ToString());
        }
    }

    private static NetworkView View(ImageBuffer image, PixelBox crop, int side) =>
        FaceReader.View(image, crop, side, FaceGeometry.Library);

    private static double[] Expressions(JsonElement face) =>
        [.. Enum.GetNames<Expression>().Select(
            e => face.GetProperty("expressions").GetProperty(e.ToLowerInvariant()).GetDouble())];

    private static double MaleProbability(JsonElement face)
    {
        double probability = face.GetProperty("gender_probability").GetDouble();
        return face.GetProperty("gender").GetString() == "male" ? probability : 1 - probability;
    }
}
