/**
 * Makes what is installed: an image that needs no Java, and from it a tarball, a Debian package and a zip for Windows.
 *
 * <p>Reads the checkout and the program's jar, runs the tools of the JDK and of the system, and knows nothing of the program
 * but its name. May use nothing of Berth.
 */
@NullMarked
package dev.berth.packages;

import org.jspecify.annotations.NullMarked;
