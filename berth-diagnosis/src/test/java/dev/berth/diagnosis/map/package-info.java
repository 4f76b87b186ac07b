/** Tests of verdicts and findings, on rows written by hand. */
@org.jspecify.annotations.NullMarked
package dev.berth.diagnosis.map;
