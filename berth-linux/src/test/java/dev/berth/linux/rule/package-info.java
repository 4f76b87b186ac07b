/** The rules of binding and connecting, held to what this machine's kernel does. */
@NullMarked
package dev.berth.linux.rule;

import org.jspecify.annotations.NullMarked;
