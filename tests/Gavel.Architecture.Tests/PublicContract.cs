using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Gavel.Testing;

namespace Gavel.Architecture.Tests;

/// <summary>Everything public is documented: whoever calls it never has to read its body for units or errors.</summary>
public sealed class PublicContract
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Projects => [.. SourceTree.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_public_type_and_member_is_documented(string project)
    {
        var documented = DocumentedMembers(project);

        var missing =
            from type in Load(project).GetExportedTypes()
            where !IsGenerated(type) && !IsRazorComponent(type)
            from id in DocumentationIds(type)
            where !documented.Contains(id)
            select id;

        Offenders.None(missing);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Types_are_named_for_what_they_are(string project)
    {
        string[] banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Misc", "Controller", "Service", "Impl"];

        var offenders =
            from type in Load(project).GetTypes()
            where !IsGenerated(type)
            let name = type.Name.Split('`')[0]
            where banned.Any(word => name.EndsWith(word, StringComparison.Ordinal))
            select type.FullName;

        Offenders.None(offenders);
    }

    private static Assembly Load(string project) => Assembly.Load(project == "Cli" ? "gavel" : $"Gavel.{project}");

    private static HashSet<string> DocumentedMembers(string project)
    {
        var assembly = project == "Cli" ? "gavel" : $"Gavel.{project}";
        var file = Path.Combine(Repository.Root, "artifacts", "bin", $"Gavel.{project}", "release", $"{assembly}.xml");
        return [.. XDocument.Load(file).Descendants("member").Where(SaysSomething).Select(e => e.Attribute("name")!.Value)];
    }

    private static bool SaysSomething(XElement member) =>
        member.Element("inheritdoc") is not null || member.Element("summary") is { } summary && summary.Value.Trim().Length + summary.Elements().Count() > 0;

    private static bool IsGenerated(MemberInfo member) =>
        member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute), inherit: false)
        || member.DeclaringType is { } outer && IsGenerated(outer);

    // Pages and components are documented by what they show.
    private static bool IsRazorComponent(Type type) =>
        type.Name == "_Imports" || type.Name == "_Imports" || type.BaseType is { } parent && (parent.FullName is "Microsoft.AspNetCore.Components.ComponentBase" || IsRazorComponent(parent));

    private static IEnumerable<string> DocumentationIds(Type type)
    {
        var name = type.FullName!.Replace('+', '.');
        yield return $"T:{name}";

        var positional = PositionalParameters(type);
        foreach (var property in type.GetProperties(Declared).Where(p => !IsGenerated(p) && !positional.Contains(p.Name) && p.GetIndexParameters().Length == 0))
            yield return $"P:{name}.{property.Name}";
        foreach (var field in type.GetFields(Declared).Where(f => !f.IsSpecialName && !IsGenerated(f)))
            yield return $"F:{name}.{field.Name}";
        if (typeof(Delegate).IsAssignableFrom(type))
            yield break;

        foreach (var method in type.GetMethods(Declared).Where(m => !m.IsSpecialName && !IsGenerated(m) && !IsRecordMember(type, m)))
            yield return $"M:{name}.{method.Name}{Arity(method)}{Signature(method)}";
    }

    private static HashSet<string> PositionalParameters(Type type)
    {
        var deconstruct = type.GetMethod("Deconstruct", Declared);
        return deconstruct is null ? [] : [.. deconstruct.GetParameters().Select(p => p.Name!)];
    }

    private static bool IsRecordMember(Type type, MethodInfo method) =>
        type.GetMethod("<Clone>$") is not null && method.Name is "Equals" or "GetHashCode" or "Deconstruct";

    private static string Arity(MethodInfo method) => method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";

    private static string Signature(MethodInfo method)
    {
        var parameters = method.GetParameters();
        return parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(p => IdOf(p.ParameterType)))})";
    }

    private static string IdOf(Type type)
    {
        if (type.IsByRef)
            return IdOf(type.GetElementType()!) + "@";
        if (type.IsArray)
            return IdOf(type.GetElementType()!) + "[]";
        if (type.IsGenericMethodParameter)
            return $"``{type.GenericParameterPosition}";
        if (type.IsGenericParameter)
            return $"`{type.GenericParameterPosition}";
        if (!type.IsGenericType)
            return type.FullName!.Replace('+', '.');

        var open = type.GetGenericTypeDefinition().FullName!.Replace('+', '.');
        return $"{open[..open.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(IdOf))}}}";
    }
}
