using System.Runtime.InteropServices;

namespace Gavel.Server.Limits;

/// <summary>Places of which each client may hold so many at a time: connections, programs that wait for input.</summary>
/// <param name="most">How many, at least 1.</param>
internal sealed class Places<TClient>(int most)
    where TClient : notnull
{
    private readonly Dictionary<TClient, int> _taken = [];

    /// <summary>How many clients hold a place.</summary>
    public int Clients
    {
        get
        {
            lock (_taken)
                return _taken.Count;
        }
    }

    /// <summary>Takes one of a client's places; null when it has none left. Disposing gives it back.</summary>
    public IDisposable? Enter(TClient client)
    {
        lock (_taken)
        {
            ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_taken, client, out _);
            if (taken >= most)
                return null;

            taken++;
            return new Place(() => Leave(client));
        }
    }

    private void Leave(TClient client)
    {
        lock (_taken)
        {
            if (--CollectionsMarshal.GetValueRefOrNullRef(_taken, client) == 0)
                _taken.Remove(client); // what strangers' addresses leave behind must not grow
        }
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
