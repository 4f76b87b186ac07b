/** Tests of what a pass over sockets leaves behind, on rows written by hand. */
@org.jspecify.annotations.NullMarked
package dev.berth.diagnosis.survey;
