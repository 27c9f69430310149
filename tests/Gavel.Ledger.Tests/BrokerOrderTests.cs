using Gavel.Core;
using Gavel.Queue;

namespace Gavel.Ledger.Tests;

public sealed class BrokerOrderTests
{
    [Fact]
    public void Jobs_go_to_the_broker_by_lane_then_tenants_in_turn_then_age_whatever_order_the_database_returns()
    {
        var ids = Enumerable.Range(0, 5).Select(i => new JudgingId(Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddHours(i)))).ToArray();
        (int, JudgeJob)[] taken = [(2, Job(ids[3], Lane.Practice)), (1, Job(ids[1], Lane.Practice)), (1, Job(ids[0], Lane.Practice)), (2, Job(ids[4], Lane.Contest)), (3, Job(ids[2], Lane.Practice))];

        var ordered = BrokerLedger.InOrder(taken, [0, 1, 2, 3], afterTenant: 1);

        Assert.Equal([ids[4], ids[3], ids[2], ids[0], ids[1]], ordered.Select(j => j.Judging));
    }

    private static JudgeJob Job(JudgingId id, Lane lane) => new(id, 1, lane, "c", [], new JudgeWork.Submission(new PackageHash(new string('0', 64)), "p", false));
}
