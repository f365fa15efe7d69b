/**
 * The builder's agent: one process that leases assignments from one coordinator, builds them in isolation, and proves
 * what came out.
 *
 * <pre>
 * agent --config FILE [--dir DIR]            runs until SIGTERM; a second signal is not needed
 * agent --config FILE [--dir DIR] --init     makes the signing key, prints {"builder":"b1","key":"&lt;base64 SPKI&gt;"}
 * agent trial --spec FILE --cache DIR --mirror URL --dir DIR
 *                                            one Maven build with network, to find out what a lock must hold
 * agent measure --kernel FILE --initrd FILE --append TEXT --memory MIB
 *                                            what a machine that boots these will have measured, for a profile
 * agent image --out DIR --cache DIR [--lock FILE | --suite NAME]
 *                                            makes a machine that is a builder, see {@link dev.quorate.agent.image}
 * agent machine                              prints what builds in virtual machines would run on here
 * agent qrexec --config FILE                 one build for whoever calls the Qubes service quorate.Build; qrexec starts it
 * agent qrexec --config FILE --init          makes the service's key, prints {"service":"&lt;base64 SPKI&gt;"}
 * </pre>
 *
 * Exit status: 0 after a drained SIGTERM, 1 for a trial that failed or a request that was refused, 2 for usage and configuration, 70 for a bug. The
 * data directory:
 *
 * <pre>
 * &lt;dir&gt;/lock            held while the agent runs
 * &lt;dir&gt;/builder.key     the signing key
 * &lt;dir&gt;/rounds/…        journals and builds, see {@link dev.quorate.agent.work}
 * &lt;dir&gt;/roots/…         root file systems
 * &lt;dir&gt;/cache/…         downloads, unless configured elsewhere
 * &lt;dir&gt;/sources/…       apt's and Git's private state
 * </pre>
 */
package dev.quorate.agent;
