/** Answers as JSON for programs, as {@code docs/json.md} promises: one class per document. */
@NullMarked
package dev.berth.cli.json;

import org.jspecify.annotations.NullMarked;
