using System.Text;

namespace Gavel.Packages.Statements;

/// <summary>The boxes that samples are shown in.</summary>
internal static class SampleHtml
{
    public static string Render(SampleCase sample, int number, StatementWords words)
    {
        var html = new StringBuilder();
        switch (sample)
        {
            case SampleCase.Pair pair:
                html.Append("<div class=\"sample\"><div class=\"sample-input\"><h3>").Append(Encode(words.SampleInput)).Append(' ').Append(number)
                    .Append("</h3><pre>").Append(Encode(pair.Input)).Append("</pre></div><div class=\"sample-output\"><h3>").Append(Encode(words.SampleOutput)).Append(' ').Append(number)
                    .Append("</h3><pre>").Append(Encode(pair.Output)).Append("</pre></div></div>");
                break;
            case SampleCase.Interaction interaction:
                html.Append("<div class=\"sample interaction\"><h3>").Append(Encode(words.SampleInteraction)).Append(' ').Append(number).Append("</h3>");
                foreach (var line in interaction.Lines)
                {
                    html.Append(line.Speaker switch
                    {
                        InteractionSpeaker.NextPass => "<hr>",
                        InteractionSpeaker.Submission => $"<pre class=\"write\">{Encode(line.Text)}</pre>",
                        InteractionSpeaker.Judge => $"<pre class=\"read\">{Encode(line.Text)}</pre>",
                    });
                }

                html.Append("</div>");
                break;
        }

        return html.ToString();
    }

    private static string Encode(string text) => HtmlText.Encode(text);
}

/// <summary>Headings that statements get from the judge, in the statement's language.</summary>
internal sealed record StatementWords(string Input, string Output, string Interaction, string SampleInput, string SampleOutput, string SampleInteraction)
{
    /// <summary>The headings in a language; English when it is not known.</summary>
    public static StatementWords In(string language) => language.Split('-')[0] switch
    {
        "sv" => new("Indata", "Utdata", "Interaktion", "Exempel på indata", "Exempel på utdata", "Exempel på interaktion"),
        "de" => new("Eingabe", "Ausgabe", "Interaktion", "Beispieleingabe", "Beispielausgabe", "Beispielinteraktion"),
        "da" => new("Input", "Output", "Interaktion", "Eksempel på input", "Eksempel på output", "Eksempel på interaktion"),
        "es" => new("Entrada", "Salida", "Interacción", "Ejemplo de entrada", "Ejemplo de salida", "Ejemplo de interacción"),
        "pt" => new("Entrada", "Saída", "Interação", "Exemplo de entrada", "Exemplo de saída", "Exemplo de interação"),
        "fr" => new("Entrée", "Sortie", "Interaction", "Exemple d'entrée", "Exemple de sortie", "Exemple d'interaction"),
        "it" => new("Input", "Output", "Interazione", "Esempio di input", "Esempio di output", "Esempio di interazione"),
        "nl" => new("Invoer", "Uitvoer", "Interactie", "Voorbeeldinvoer", "Voorbeelduitvoer", "Voorbeeldinteractie"),
        "pl" => new("Wejście", "Wyjście", "Interakcja", "Przykładowe wejście", "Przykładowe wyjście", "Przykładowa interakcja"),
        "ru" => new("Входные данные", "Выходные данные", "Взаимодействие", "Пример ввода", "Пример вывода", "Пример взаимодействия"),
        "uk" => new("Вхідні дані", "Вихідні дані", "Взаємодія", "Приклад вводу", "Приклад виводу", "Приклад взаємодії"),
        _ => new("Input", "Output", "Interaction", "Sample Input", "Sample Output", "Sample Interaction"),
    };
}
