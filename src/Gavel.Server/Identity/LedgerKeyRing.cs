using System.Xml.Linq;
using Dapper;
using Gavel.Ledger;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Gavel.Server.Identity;

/// <summary>
/// Keeps the keys that protect cookies and webhook secrets in the ledger, so that they hold on every server and after a restart; encrypted where there is
/// a key file.
/// </summary>
internal sealed class LedgerKeyRing(PostgresLedger ledger, ProtectionKeyFile file) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. Read().Select(row => file.Unprotect(row.Element, row.Name))];

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = ledger.Database.OpenConnection();
        connection.Execute(
            "insert into protection_keys (name, xml) values (@name, @xml) on conflict (name) do update set xml = excluded.xml",
            new { name = friendlyName, xml = file.Protect(element, friendlyName).ToString(SaveOptions.DisableFormatting) });
    }

    /// <summary>
    /// Proves at the start that every key can be read, for later the framework would only make new ones; and encrypts those of before with the file's first key.
    /// </summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">A key needs another file, or one at all.</exception>
    public void Renew()
    {
        var rows = Read().Select(row => (row.Name, Stale: file.IsStale(row.Element), Element: file.Unprotect(row.Element, row.Name))).ToList();
        foreach (var row in rows.Where(row => row.Stale))
            StoreElement(row.Element, row.Name);
    }

    private IReadOnlyList<(string Name, XElement Element)> Read()
    {
        using var connection = ledger.Database.OpenConnection();
        return [.. connection.Query<(string Name, string Xml)>("select name, xml from protection_keys").Select(row => (row.Name, XElement.Parse(row.Xml)))];
    }
}
