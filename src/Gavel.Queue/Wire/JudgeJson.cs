using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Gavel.Core;
using Gavel.Core.Judgings;

namespace Gavel.Queue.Wire;

/// <summary>
/// The JSON in which jobs, progress and results are stored and travel. Times are whole microseconds, amounts are bytes, enums are their
/// names, byte content is base64. Readers ignore members they do not know, so that workers and servers of neighbouring versions get along.
/// </summary>
public static class JudgeJson
{
    /// <summary>The serializer options.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    /// <summary>Writes a value as UTF-8 JSON.</summary>
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Options);

    /// <summary>Writes a value as JSON text.</summary>
    public static string WriteText<T>(T value) => JsonSerializer.Serialize(value, Options);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="JsonException">It is not JSON of this type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} was expected, not null.");

    /// <summary>Reads what <see cref="WriteText"/> wrote.</summary>
    /// <exception cref="JsonException">It is not JSON of this type.</exception>
    public static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, Options) ?? throw new JsonException($"A {typeof(T).Name} was expected, not null.");

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            IgnoreReadOnlyProperties = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameHierarchies } },
            Converters =
            {
                new JsonStringEnumConverter(),
                new NumberConverter<TimeSpan>(t => t.Ticks / TimeSpan.TicksPerMicrosecond, n => TimeSpan.FromMicroseconds(n)),
                new NumberConverter<Bytes>(b => b.Count, n => new Bytes(n)),
                new GuidConverter<JudgingId>(j => j.Value, g => new JudgingId(g)),
                new PackageHashConverter(),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    /// <summary>Closed hierarchies carry the name of the case in <c>kind</c>, without attributes on the core types.</summary>
    private static void NameHierarchies(JsonTypeInfo info)
    {
        if (info.Type != typeof(JudgingProgress) && info.Type != typeof(JudgeWork))
            return;

        info.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "kind" };
        foreach (var member in info.Type.GetNestedTypes().Where(t => t.IsAssignableTo(info.Type)))
            info.PolymorphismOptions.DerivedTypes.Add(new JsonDerivedType(member, member.Name));
    }

    private sealed class NumberConverter<T>(Func<T, long> write, Func<long, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetInt64());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(write(value));
    }

    private sealed class GuidConverter<T>(Func<T, Guid> write, Func<Guid, T> read) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => read(reader.GetGuid());

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(write(value));
    }

    private sealed class PackageHashConverter : JsonConverter<PackageHash>
    {
        public override PackageHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, PackageHash value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Value);
    }
}
