using Gavel.Cli;
using Gavel.Cli.Output;

return (int)await GavelCli.RunAsync(args, Terminal.OfProcess());
