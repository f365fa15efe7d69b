/**
 * Files of Maven repositories, from where this machine's Maven would take them.
 *
 * <p>The repository is the first mirror in {@code ~/.m2/settings.xml} or Maven's own {@code conf/settings.xml} that
 * stands for {@code central}, else the URL of {@code central} in the installed Maven's super POM. A package URL becomes
 * a path by the repository layout:
 *
 * <pre>
 * pkg:maven/org.example/thing@1.0?classifier=sources&amp;type=jar
 * org/example/thing/1.0/thing-1.0-sources.jar
 * </pre>
 *
 * Sources: Maven's settings reference (mirrorOf), Maven repository layout 2, purl-spec's type maven.
 */
package dev.quorate.inputs.maven;
