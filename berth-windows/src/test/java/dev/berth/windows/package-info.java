/** A Windows for tests: {@link dev.berth.windows.FakeWindows}, whose netsh speaks the languages of recorded ones. */
@NullMarked
package dev.berth.windows;

import org.jspecify.annotations.NullMarked;
