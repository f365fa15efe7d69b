/**
 * The command line: {@code quorate <command> [options] [operands]}.
 *
 * <p>Exit codes: 0 positive, 1 negative verdict, 2 usage, configuration or bad input, 3 undecided, 70 internal. With
 * {@code --json} standard output holds exactly one JSON object, also after an error:
 *
 * <pre>
 * $ quorate spec check hello.rebuild.yaml
 * hello.rebuild.yaml: ok (locked, 212 inputs)
 * $ quorate spec check --json missing.yaml
 * {"error":"missing.yaml: there is no such file","exit":2}
 * </pre>
 *
 * <p>Options are written {@code --name VALUE} or {@code --name=VALUE}; {@code --} ends them. A command is one
 * {@link dev.quorate.cli.Command}; it gives back an {@link dev.quorate.cli.Answer} from whose value text and JSON both
 * come, and only {@link dev.quorate.cli.Main} turns one into an exit code.
 */
package dev.quorate.cli;
