using Gavel.Core;
using Gavel.Queue;
using Gavel.Queue.Wire;
using Npgsql;
using NpgsqlTypes;

namespace Gavel.Ledger;

/// <summary>Leases jobs and reads them with everything that a worker needs, in one query.</summary>
internal static class JobReader
{
    private const string LeaseSql = """
        select judging_id, attempt, lane, language, kind, run_all, tenant_id, files, input, slug, package_hash,
               arguments, cpu_us, wall_us, memory_bytes, output_bytes, settings
          from lease_work($1, $2, $3, $4, $5, $6)
        """;

    /// <summary>The query. Null languages means any.</summary>
    public static NpgsqlCommand Command(
        NpgsqlConnection connection, string worker, IEnumerable<string>? languages, short[] lanes, int wanted, int lastTenant, TimeSpan lease)
    {
        var command = new NpgsqlCommand(LeaseSql, connection);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = worker });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)languages?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = lanes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = wanted });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = lastTenant });
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = lease, NpgsqlDbType = NpgsqlDbType.Interval });
        return command;
    }

    public static Guid Judging(NpgsqlDataReader row) => row.GetGuid(0);

    public static int Tenant(NpgsqlDataReader row) => row.GetInt32(6);

    /// <exception cref="InvalidDataException">The source is damaged.</exception>
    public static JudgeJob Read(NpgsqlDataReader row)
    {
        JudgeWork work = row.GetInt16(4) == 0
            ? new JudgeWork.Submission(new PackageHash(row.GetString(10)), row.GetString(9), row.GetBoolean(5))
            : new JudgeWork.Run(
                row.IsDBNull(8) ? ReadOnlyMemory<byte>.Empty : row.GetFieldValue<byte[]>(8), row.GetFieldValue<string[]>(11),
                new RunLimits(
                    TimeSpan.FromMicroseconds(row.GetInt64(12)), TimeSpan.FromMicroseconds(row.GetInt64(13)),
                    new Bytes(row.GetInt64(14)), new Bytes(row.GetInt64(15))))
            {
                Settings = row.IsDBNull(16) ? RunSettings.None : JudgeJson.Read<RunSettings>(row.GetString(16)),
            };
        var files = SourceBlob.Unpack(row.GetFieldValue<byte[]>(7), out var build);
        return new JudgeJob(new JudgingId(row.GetGuid(0)), row.GetInt32(1), (Lane)row.GetInt16(2), PinnedLanguage.Plain(row.GetString(3)), files, work) { Build = build };
    }
}
