package dev.berth.remedy.plan;

/**
 * @param persist whether the next start is to set it as well
 * @param force whether to plan what a guard rail would refuse
 */
public record PlanOptions(boolean persist, boolean force) {}
