using System.Xml.Linq;
using Dapper;
using Gavel.Ledger;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Gavel.Server.Identity;

/// <summary>Keeps the keys that protect cookies in the ledger, so that a session holds on every server and after a restart.</summary>
internal sealed class LedgerKeyRing(IServiceProvider services) : IXmlRepository
{
    // Asked for late: data protection is set up before the ledger is known to the container.
    private PostgresLedger Ledger => services.GetRequiredService<PostgresLedger>();

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var connection = Ledger.Database.OpenConnection();
        return [.. connection.Query<string>("select xml from protection_keys").Select(x => XElement.Parse(x))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var connection = Ledger.Database.OpenConnection();
        connection.Execute(
            "insert into protection_keys (name, xml) values (@name, @xml) on conflict (name) do update set xml = excluded.xml",
            new { name = friendlyName, xml = element.ToString(SaveOptions.DisableFormatting) });
    }
}
