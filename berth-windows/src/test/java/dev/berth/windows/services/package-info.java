@NullMarked
package dev.berth.windows.services;

import org.jspecify.annotations.NullMarked;
