/** What the server's commands answer, shown as VS Code shows such things. */

import * as vscode from "vscode";
import { MessageType, type Middleware, type ShowMessageParams } from "vscode-languageclient/node";

import { PLACES, TEST, WITNESS } from "./names";
import type { Pages } from "./pages";

/** Shows answers. Everything else about a command stays as the client has it. */
export class Results {
  private readonly held: string[] = [];
  private running = 0;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly pages: Pages,
  ) {}

  middleware(): Pick<Middleware, "executeCommand" | "provideCodeLenses" | "resolveCodeLens"> {
    return {
      executeCommand: async (command, args, next) => {
        // What was added for us is not for the server.
        const [target, line] = args as [Target | undefined, number | undefined];
        const answer = await this.quietly(async () => next(command, args.slice(0, 1)));
        await this.show(command, target, line, answer);
        return answer;
      },
      provideCodeLenses: async (document, token, next) => (await next(document, token))?.map(withLine),
      resolveCodeLens: async (lens, token, next) => {
        const whole = await next(lens, token);
        return whole ? withLine(whole) : whole;
      },
    };
  }

  /**
   * A message of the server. It also says the answer of a command, for editors that throw answers away; here it is
   * shown better, so what is said meanwhile waits until the answer is known.
   */
  said({ type, message }: ShowMessageParams): void {
    if (this.running > 0 && type === MessageType.Info) {
      this.held.push(message);
    } else {
      tell(type, message);
    }
  }

  private async quietly(work: () => Promise<unknown>): Promise<unknown> {
    this.running += 1;
    let answer: unknown;
    try {
      answer = await work();
      return answer;
    } finally {
      this.running -= 1;
      const told = this.held.splice(0).filter((message) => message !== answer);
      told.forEach((message) => tell(MessageType.Info, message));
    }
  }

  private async show(command: string, target: Target | undefined, line: number | undefined, answer: unknown) {
    if (command === TEST && typeof answer === "string") {
      await this.test(answer);
    } else if (command === WITNESS && typeof answer === "string") {
      await this.pages.show(target?.name ?? "example", answer);
    } else if (PLACES.includes(command) && Array.isArray(answer) && target !== undefined) {
      await places(target, line ?? 0, answer);
    }
  }

  /** The sum as a message, the rest in the output. */
  private async test(lines: string): Promise<void> {
    const sum = lines.trim().split("\n").pop() ?? "";
    this.output.info(lines.trimEnd());
    const more = "Show all";
    if ((await vscode.window.showInformationMessage(`mktlint: ${sum}`, more)) === more) {
      this.output.show();
    }
  }
}

function tell(type: MessageType, message: string): void {
  const show = {
    [MessageType.Error]: vscode.window.showErrorMessage,
    [MessageType.Warning]: vscode.window.showWarningMessage,
  }[type as number];
  void (show ?? vscode.window.showInformationMessage)(message);
}

/** What the server's commands take. */
interface Target {
  uri: string;
  name: string;
}

/** A place as the protocol writes it. */
interface Place {
  uri: string;
  range: { start: vscode.Position; end: vscode.Position };
}

/** A peek opens at a line, which a click on a lens does not tell. */
function withLine(lens: vscode.CodeLens): vscode.CodeLens {
  const { command } = lens;
  if (command?.arguments?.length === 1) {
    lens.command = { ...command, arguments: [...command.arguments, lens.range.start.line] };
  }
  return lens;
}

async function places(target: Target, line: number, answer: Place[]): Promise<void> {
  const position = new vscode.Position(line, 0);
  const locations = answer.map(({ uri, range: { start, end } }) => new vscode.Location(
    vscode.Uri.parse(uri),
    new vscode.Range(start.line, start.character, end.line, end.character),
  ));
  await vscode.commands.executeCommand(
    "editor.action.peekLocations",
    vscode.Uri.parse(target.uri),
    position,
    locations,
    "peek",
  );
}
