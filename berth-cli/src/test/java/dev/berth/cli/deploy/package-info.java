/** What is under deploy/, and what {@code ensure --render} prints, in the hands of the tools it is for. */
@NullMarked
package dev.berth.cli.deploy;

import org.jspecify.annotations.NullMarked;
