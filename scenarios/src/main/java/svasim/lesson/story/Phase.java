package svasim.lesson.story;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import svasim.trace.Kind;

/** The chapters of a PASID's life, in the order in which they usually come. */
public enum Phase {
    ALLOCATE,
    BIND,
    ENABLE,
    SUBMIT,
    TRANSLATE,
    FAULT,
    RESPOND,
    REVOKE,
    DRAIN,
    UNBIND,
    FREE,
    REUSE;

    /** Procedures by what their names contain; the first that fits counts. */
    private static final List<Map.Entry<Pattern, Phase>> PROCEDURES =
            List.of(
                    rule("alloc_mm_data|alloc_global_pasid|alloc_pasid", ALLOCATE),
                    rule("drain|iopf_queue_remove|flush_workqueue", DRAIN),
                    rule("mm_pasid_drop|free pgd|free mm_struct|free_rcu|mmdrop", FREE),
                    rule("unbind|remove_dev_pasid|cdev_release", UNBIND),
                    rule("tear_down|mm_release|notifier|invalidate|flush_tlb|unmap|exit", REVOKE),
                    rule("page_response|answer", RESPOND),
                    rule("handle_mm_fault|iopf|prq|page_fault|evtq|priq|ppr", FAULT),
                    rule("sva_bind|set_dev_pasid|cdev_open|sva_domain", BIND),
                    rule("probe|_init|enable", ENABLE),
                    rule("submit|cdev_write|enqcmd|wait/", SUBMIT));

    private static Map.Entry<Pattern, Phase> rule(String names, Phase phase) {
        return Map.entry(Pattern.compile(names, Pattern.CASE_INSENSITIVE), phase);
    }

    /** As the page names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Where a step of software belongs, by its label; null if that is a matter of who called it.
     */
    static Phase ofStep(String label) {
        for (Map.Entry<Pattern, Phase> rule : PROCEDURES) {
            if (rule.getKey().matcher(label).find()) {
                return rule.getValue();
            }
        }
        return null;
    }

    /** Where an observation belongs; null if that is a matter of what caused it. */
    static Phase of(Kind kind) {
        return switch (kind) {
            case PASID_ALLOCATED -> ALLOCATE;
            case BOUND, BIND_REFUSED, TARGET_ADDED, NOTIFIER_REGISTERED, RESUMED -> BIND;
            case CONFIG_WRITTEN -> ENABLE;
            case ENQUEUED, PASID_FIXED_UP, PASID_FIX_UP_REFUSED -> SUBMIT;
            case WORK_ACCEPTED, WORK_REFUSED, WORK_STARTED, WORK_DONE -> SUBMIT;
            case TRANSLATION_STARTED, TRANSLATION_MISSED, TRANSLATED -> TRANSLATE;
            case WALK_READ, WALK_UPDATED, ATC_HIT, ATC_MISS, ATC_FILLED -> TRANSLATE;
            case DMA_READ, DMA_WRITE -> TRANSLATE;
            case TRANSLATION_FAULTED, FAULT_RECORDED, CPU_FAULT, RETRY_FAULT -> FAULT;
            case PAGE_REQUESTED, PAGE_REQUEST_QUEUED, PAGE_REQUEST_LOST -> FAULT;
            case PAGE_GROUP_TAKEN, PAGE_GROUP_STARTED, PAGE_FAULT_HANDLED -> FAULT;
            case PAGE_GROUP_RESOLVED, PAGE_REQUEST_ANSWERED, PAGE_GROUP_ANSWERED -> RESPOND;
            case PAGE_GROUP_DONE -> RESPOND;
            case RANGE_INVALIDATE, RANGE_INVALIDATED, PAGE_UNMAPPED, CUT, SUSPENDED -> REVOKE;
            case INVALIDATION_SENT, INVALIDATION_COMPLETED, INVALIDATION_GIVEN_UP -> REVOKE;
            case ATC_INVALIDATED, MM_EXITING -> REVOKE;
            case DRAIN_ROUND, DRAINED, DEVICE_STOPPED -> DRAIN;
            case UNBINDING, UNBOUND, TARGET_REMOVED, NOTIFIER_ENDED -> UNBIND;
            case PASID_FREED, MM_FREED -> FREE;
            default -> null;
        };
    }
}
