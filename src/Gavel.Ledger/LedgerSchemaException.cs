namespace Gavel.Ledger;

/// <summary>The database's schema does not fit this version of Gavel.</summary>
public sealed class LedgerSchemaException(string message) : Exception(message);
