using StyleGanSharp.Letters;

return LettersApp.Run(args, Console.Out, Console.Error);
