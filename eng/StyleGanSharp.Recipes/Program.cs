using StyleGanSharp.Recipes;

return RecipesApp.Run(args, Console.Out, Console.Error);
