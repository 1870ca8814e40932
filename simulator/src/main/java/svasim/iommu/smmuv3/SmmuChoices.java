package svasim.iommu.smmuv3;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * What the architecture leaves to an SMMUv3; absent keys take these defaults, with which each fault
 * has its event and each entry is cached by itself.
 *
 * @param mergeEvents time within which an event that repeats the last one is not recorded again, if
 *     STE.MEV or the kind of event allows that; 0 for never (3.12.4)
 * @param mergeStalls whether a transaction that would stall for the same page and kind of access as
 *     one that software has not resolved waits for that one, without an event (3.12.2)
 * @param hints whether the unit believes STE.CONT and the Contiguous bit of descriptors, and keeps
 *     what they cover as one cached entry
 * @param conflicts whether cached entries that cover the same stream or address are reported, as
 *     F_CFG_CONFLICT and F_TLB_CONFLICT; else the smallest serves
 * @param pageRequestHints whether page requests to a unit without PRI become E_PAGE_REQUEST events,
 *     besides being refused
 * @source mergeEvents, mergeStalls, hints, conflicts, pageRequestHints: chosen: nothing is merged,
 *     and nothing is cached for others
 */
public record SmmuChoices(
        Picoseconds mergeEvents,
        Boolean mergeStalls,
        Boolean hints,
        Boolean conflicts,
        Boolean pageRequestHints) {
    public SmmuChoices {
        mergeEvents = mergeEvents == null ? new Picoseconds(0) : mergeEvents;
        mergeStalls = mergeStalls != null && mergeStalls;
        hints = hints != null && hints;
        conflicts = conflicts != null && conflicts;
        pageRequestHints = pageRequestHints != null && pageRequestHints;
        Require.that(mergeEvents.value() >= 0, "mergeEvents", mergeEvents, "at least 0");
    }

    /** Every default. */
    static SmmuChoices defaults() {
        return new SmmuChoices(null, null, null, null, null);
    }
}
