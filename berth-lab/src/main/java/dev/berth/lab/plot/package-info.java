/**
 * Measurements as pictures: lines over two axes, as Scalable Vector Graphics (SVG 1.1) that is readable on a light page and on a dark one.
 *
 * <p>Uses nothing but the JDK.
 */
@NullMarked
package dev.berth.lab.plot;

import org.jspecify.annotations.NullMarked;
