using Gavel.Queue;

namespace Gavel.Worker;

/// <summary>The languages that a worker takes work in. They grow while the host's toolchains are still being asked: who judges C need not wait for Scala.</summary>
/// <param name="ready">Ids that it takes at once.</param>
/// <param name="asked">Ids of those being asked; each is to be settled.</param>
public sealed class WorkerLanguages(IEnumerable<string> ready, IEnumerable<string>? asked = null)
{
    private readonly Lock _lock = new();
    private State _state = new([.. ready], [.. asked ?? []], new CancellationTokenSource());

    /// <summary>What is offered to the fleet: the languages that are ready, and those still being asked, whose jobs may as well wait here.</summary>
    public IReadOnlyList<string> Offered
    {
        get
        {
            var state = Volatile.Read(ref _state);
            return [.. state.Ready.Union(state.Asked).Where(l => PinnedLanguage.Plain(l) == l).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What is ready, and a token that ends when more is.</summary>
    public (IReadOnlySet<string> Ready, CancellationToken Grown) Now()
    {
        var state = Volatile.Read(ref _state);
        return (state.Ready, state.Grown.Token);
    }

    /// <summary>Notes the answer of a toolchain.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="usable">Whether programs in it can be judged.</param>
    public void Settle(string language, bool usable)
    {
        CancellationTokenSource grown;
        lock (_lock)
        {
            HashSet<string> left = [.. _state.Asked.Where(l => l != language)];
            grown = _state.Grown;
            _state = usable ? new([.. _state.Ready, language], left, new CancellationTokenSource()) : _state with { Asked = left };
        }

        if (usable)
            grown.Cancel();
    }

    private sealed record State(HashSet<string> Ready, HashSet<string> Asked, CancellationTokenSource Grown);
}
