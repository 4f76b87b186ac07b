/**
 * A policy, printed for the engines that teams use already: the same values that {@code berth ensure} would set, without
 * Berth. What a format cannot say is in its comments, and what can go wrong with it in its warnings.
 *
 * <p>Text in, text out: looks at no host. May use {@code dev.berth.remedy.policy}, {@code dev.berth.diagnosis}, {@code
 * dev.berth.net} and of {@code dev.berth.platform} its values. Names in a policy are other people's text: they go into comments, and through {@link
 * dev.berth.remedy.render.PolicyInWords}; the names of units also into what orders {@link dev.berth.remedy.render.SystemdUnit},
 * where the policy has taken them for such.
 */
@NullMarked
package dev.berth.remedy.render;

import org.jspecify.annotations.NullMarked;
