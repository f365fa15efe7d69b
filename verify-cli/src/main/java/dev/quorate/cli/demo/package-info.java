/**
 * {@code quorate demo}: the whole story on one machine, told with the commands that its parts are run by.
 *
 * <p>The coordinator and the agents are processes of their own, started through the launcher as an operator would; the
 * maintainer's and the user's parts are commands of this command line, each printed before it runs. What one machine
 * cannot show is said at the end.
 */
package dev.quorate.cli.demo;
