namespace Gavel.Core;

/// <summary>Names a submission: a contestant's source for one problem. Version 7 GUIDs, so ids sort by creation time.</summary>
public readonly record struct SubmissionId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static SubmissionId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names one judging: one evaluation of a submission or of a run. A rejudge makes another.</summary>
public readonly record struct JudgingId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static JudgingId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names a run: an execution without a problem.</summary>
public readonly record struct RunId(Guid Value)
{
    /// <summary>A new id, stamped with the given instant.</summary>
    public static RunId New(TimeProvider time) => new(Guid.CreateVersion7(time.GetUtcNow()));

    /// <inheritdoc />
    public override string ToString() => Value.ToString();
}

/// <summary>Names a problem package version by the SHA-256 of its canonical archive, lower-case hex.</summary>
public readonly record struct PackageHash(string Value)
{
    /// <inheritdoc />
    public override string ToString() => Value;
}
