using System.Collections.Frozen;
using System.Text.Json;

namespace Gavel.Server.Ui;

/// <summary>The bundled styles, scripts and fonts, embedded into this assembly. Files are named after their content, so a browser keeps them for good.</summary>
internal sealed class AssetCatalog
{
    private const string Prefix = "assets/";
    private readonly FrozenDictionary<string, string> _files;
    private readonly FrozenSet<string> _resources;

    public AssetCatalog()
    {
        _resources = typeof(AssetCatalog).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenSet();
        using var manifest = Open("manifest.json") ?? throw new InvalidOperationException("The assembly was built without its assets.");
        _files = (JsonSerializer.Deserialize<Dictionary<string, string>>(manifest) ?? []).ToFrozenDictionary();
    }

    /// <summary>The address of an asset by its name in the sources, for example <c>site.css</c>.</summary>
    public string this[string name] => $"/assets/{_files[name]}";

    /// <summary>The bytes of an asset by its file name; null when there is none.</summary>
    public Stream? Open(string file) =>
        _resources.Contains(Prefix + file) ? typeof(AssetCatalog).Assembly.GetManifestResourceStream(Prefix + file) : null;
}
