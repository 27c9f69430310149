namespace Gavel.Core;

/// <summary>Names a submission: a contestant's source for one problem. Version 7 GUIDs, so ids sort by creation time.</summary>
public readonly record struct SubmissionId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static SubmissionId New(TimeProvider time) => new(OrderedGuid.Next(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names one judging: one evaluation of a submission or of a run. A rejudge makes another.</summary>
public readonly record struct JudgingId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static JudgingId New(TimeProvider time) => new(OrderedGuid.Next(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names a run: an execution without a problem.</summary>
public readonly record struct RunId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static RunId New(TimeProvider time) => new(OrderedGuid.Next(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names a problem package version by the SHA-256 of its canonical archive, lower-case hex.</summary>
public readonly record struct PackageHash(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}

/// <summary>Names a problem; every version of it shares the id.</summary>
public readonly record struct ProblemId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static ProblemId New(TimeProvider time) => new(OrderedGuid.Next(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names whoever hands something in: a user, or the visitor behind a cookie before there are accounts.</summary>
public readonly record struct UserId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static UserId New(TimeProvider time) => new(OrderedGuid.Next(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names an organisation that owns problems and submissions apart from all others. A small number, because it is on every row.</summary>
public readonly record struct TenantId(int Value)
{
    /// <summary>The tenant that a fresh installation has.</summary>
    public static readonly TenantId Default = new(1);

    /// <inheritdoc />
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
