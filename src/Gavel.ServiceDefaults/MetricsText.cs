using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Gavel.ServiceDefaults;

/// <summary>
/// Sums up what meters of this process measure and writes it in the Prometheus text format 0.0.4. Meters of Gavel, of the web server and of
/// PostgreSQL's driver are followed; label values come from code, so the number of series is bounded.
/// </summary>
public sealed class MetricsText : IHostedService, IDisposable
{
    /// <summary>Content type of <see cref="Render"/>.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly double[] s_bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly string[] s_followed = ["Gavel", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Npgsql", "System.Runtime"];

    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> _series = new();
    private readonly MeterListener _listener = new();

    /// <summary>Starts to listen.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (s_followed.Any(f => instrument.Meter.Name.StartsWith(f, StringComparison.Ordinal)))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Record(i, value, tags));
        _listener.SetMeasurementEventCallback<int>((i, value, tags, _) => Record(i, value, tags));
        _listener.SetMeasurementEventCallback<double>((i, value, tags, _) => Record(i, value, tags));
        _listener.Start();
        return Task.CompletedTask;
    }

    /// <summary>Stops to listen.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <summary>The state of every series.</summary>
    public string Render()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _series.GroupBy(s => s.Key.Instrument).OrderBy(f => Name(f.Key), StringComparer.Ordinal))
        {
            var name = Name(family.Key);
            var kind = KindOf(family.Key);
            if (family.Key.Description is { Length: > 0 } description)
                text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {description.ReplaceLineEndings(" ")}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {kind}\n");
            foreach (var (key, series) in family.OrderBy(s => s.Key.Labels, StringComparer.Ordinal))
                series.Write(text, name, key.Labels, kind == "histogram");
        }

        return text.ToString();
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _series.GetOrAdd((instrument, Labels(tags)), _ => new Series());
        series.Record(value, Adds(instrument), KindOf(instrument) == "histogram");
    }

    private static bool Adds(Instrument instrument) =>
        instrument.GetType().Name is var type && !instrument.IsObservable && (type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("UpDown", StringComparison.Ordinal));

    private static string KindOf(Instrument instrument)
    {
        var type = instrument.GetType().Name;
        return type.StartsWith("Histogram", StringComparison.Ordinal) ? "histogram"
            : type.StartsWith("Counter", StringComparison.Ordinal) || type.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter" : "gauge";
    }

    private static string Name(Instrument instrument) =>
        Clean(instrument.Name) + (instrument.Unit is "s" ? "_seconds" : instrument.Unit is "By" ? "_bytes" : "") + (KindOf(instrument) == "counter" ? "_total" : "");

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";

        var labels = new StringBuilder();
        foreach (var (name, value) in tags)
        {
            var escaped = Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Append(CultureInfo.InvariantCulture, $"{(labels.Length == 0 ? "" : ",")}{Clean(name)}=\"{escaped}\"");
        }

        return labels.ToString();
    }

    private sealed class Series
    {
        private readonly long[] _buckets = new long[s_bounds.Length];
        private readonly Lock _lock = new();
        private double _sum;
        private long _count;

        public void Record(double value, bool adds, bool histogram)
        {
            lock (_lock)
            {
                _count++;
                _sum = adds || histogram ? _sum + value : value;
                for (var i = s_bounds.Length - 1; histogram && i >= 0 && value <= s_bounds[i]; i--)
                    _buckets[i]++;
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool histogram)
        {
            lock (_lock)
            {
                if (!histogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{(labels.Length == 0 ? "" : $"{{{labels}}}")} {_sum}\n");
                    return;
                }

                var comma = labels.Length == 0 ? "" : ",";
                for (var i = 0; i < s_bounds.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{s_bounds[i]}\"}} {_buckets[i]}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {_count}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{(labels.Length == 0 ? "" : $"{{{labels}}}")} {_sum}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_count{(labels.Length == 0 ? "" : $"{{{labels}}}")} {_count}\n");
            }
        }
    }
}
