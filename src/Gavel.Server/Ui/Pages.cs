using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Gavel.Server.Ui;

/// <summary>Results that are pages.</summary>
internal static class Pages
{
    /// <summary>A page with its parameters.</summary>
    public static RazorComponentResult<TPage> Of<TPage>(object parameters)
        where TPage : IComponent => new(parameters) { PreventStreamingRendering = true };

    /// <summary>400 as a page, for a form that cannot be believed.</summary>
    public static RazorComponentResult<NotFoundPage> Forged() =>
        new(new { Title = "The form is out of date", What = "Go back, open the page again and send the form from there. Nothing was changed." })
        {
            StatusCode = StatusCodes.Status400BadRequest,
            PreventStreamingRendering = true,
        };

    /// <summary>404 as a page, with what was looked for.</summary>
    public static RazorComponentResult<NotFoundPage> NotFound(string what) =>
        new(new { What = what }) { StatusCode = StatusCodes.Status404NotFound, PreventStreamingRendering = true };
}
