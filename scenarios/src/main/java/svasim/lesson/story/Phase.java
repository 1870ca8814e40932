package svasim.lesson.story;

import java.util.List;
import java.util.Locale;
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

    /** What a rule says of steps that belong to no chapter, whoever calls them. */
    private static final Phase NONE = null;

    private record Rule(Pattern label, Phase phase) {}

    /**
     * Steps by their labels, procedure and step; the first that fits counts. Procedures that serve
     * all others (queues of commands, faults of cores, work put off) stand in no rule: they belong
     * where they are called.
     */
    private static final List<Rule> RULES =
            List.of(
                    rule("thread/exit", REVOKE),
                    rule(
                            "kernel_init/.*|(program|thread|worker_thread|set-up|fill buffer)/.*",
                            NONE),
                    rule("(.* |.*_)?wait/.*|wait4/.*|nanosleep/.*|compute/.*|touch/.*", NONE),
                    rule("do_sys_open/.*|load/await turn|load rest/.*", NONE),
                    rule(".*/(iommu_alloc_mm_data|iommu_alloc_global_pasid|io_mm_alloc)", ALLOCATE),
                    rule(".*/(mm_pasid_drop|free pgd|free mm_struct)", FREE),
                    rule("mmu_notifier_free_rcu/.*|do_exit/(exit_notify|finish.*)", FREE),
                    rule("(do_exit|do_group_exit|exit_mmap|do_vmi_align_munmap)/.*", REVOKE),
                    rule(".*(mm_release|process_release|mn_release|notifier_release)/.*", REVOKE),
                    rule("(flush_tlb|cache_tag_flush|.*secondary_tlbs).*/.*", REVOKE),
                    rule(".*(drain_pasid_prq|flush_priq|iopf_queue_).*/.*", DRAIN),
                    rule(".*/(drain|flush) page requests", DRAIN),
                    rule(".*(_release|_mm_exit)/(stop|drain) .*", DRAIN),
                    rule(".*_stop(_queue)?/.*", DRAIN),
                    rule(".*_mm_exit/.*", REVOKE),
                    rule(".*(unbind|detach_device_pasid).*/.*|.*_release/.*", UNBIND),
                    rule(".*/(iopf_group_response|respond again)", RESPOND),
                    rule("arm_smmu_resume_translation/.*", RESPOND),
                    rule(".*(prq|priq|evtq|int)_thread/wait for interrupt", NONE),
                    rule(".*(prq|priq|evtq|int)_thread/.*", FAULT),
                    rule(".*(iopf|device_fault|context_fault|_evl_fault_work)/.*", FAULT),
                    rule("(dma_bench_fault|gpu_fault|gpu_ih_process|mlx5_ib_.*)/.*", FAULT),
                    rule(".*_open/(find|take|.*bind_device).*", ALLOCATE),
                    rule(".*_open/check bond", BIND),
                    rule("(.*_open|(?!do_|dup_).*_mmap|mmap device)/.*", ENABLE),
                    rule("arm_smmu_blocking_set_dev_pasid/done", NONE),
                    rule("iommu_sva_bind_device/(take .*|check .*)", ALLOCATE),
                    rule(".*(bind_device|bind_pasid|_bind|bind_mm|set_dev_pasid)/.*", BIND),
                    rule("iommu_attach_device_pasid/.*", BIND),
                    rule("(.* )?(re)?submit( batch)?/.*|.*enqcmds?/.*|sva_submit/.*", SUBMIT),
                    rule("(idxd_cdev_write|dma_bench_ioctl|nic_xmit|rdma_write|load)/.*", SUBMIT));

    private static Rule rule(String labels, Phase phase) {
        return new Rule(Pattern.compile(labels), phase);
    }

    /** As the page names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Where a step of software belongs, by its label.
     *
     * @param caller where it belongs if that is a matter of who called it
     */
    static Phase ofStep(String label, Phase caller) {
        for (Rule rule : RULES) {
            if (rule.label().matcher(label).matches()) {
                return rule.phase();
            }
        }
        return caller;
    }

    /** Where an observation belongs; null if that is a matter of what caused it. */
    static Phase of(Kind kind) {
        return switch (kind) {
            case PASID_ALLOCATED -> ALLOCATE;
            case BOUND, BIND_REFUSED, TARGET_ADDED, NOTIFIER_REGISTERED, RESUMED -> BIND;
            case ENQUEUED, PASID_FIXED_UP, PASID_FIX_UP_REFUSED -> SUBMIT;
            case WORK_ACCEPTED, WORK_REFUSED, WORK_STARTED -> SUBMIT;
            case TRANSLATION_STARTED, TRANSLATION_MISSED, TRANSLATED -> TRANSLATE;
            case WALK_READ, WALK_UPDATED, ATC_HIT, ATC_MISS, ATC_FILLED -> TRANSLATE;
            case DMA_READ, DMA_WRITE -> TRANSLATE;
            case TRANSLATION_FAULTED, FAULT_RECORDED, RETRY_FAULT -> FAULT;
            case PAGE_REQUESTED, PAGE_REQUEST_QUEUED, PAGE_REQUEST_LOST -> FAULT;
            case PAGE_GROUP_TAKEN, PAGE_GROUP_STARTED, PAGE_FAULT_HANDLED -> FAULT;
            case PAGE_GROUP_RESOLVED, PAGE_REQUEST_ANSWERED, PAGE_GROUP_ANSWERED -> RESPOND;
            case PAGE_GROUP_DONE -> RESPOND;
            case RANGE_INVALIDATE, RANGE_INVALIDATED, PAGE_UNMAPPED, CUT, SUSPENDED -> REVOKE;
            case MM_EXITING -> REVOKE;
            case DRAIN_ROUND, DRAINED, DEVICE_STOPPED -> DRAIN;
            case UNBINDING, UNBOUND -> UNBIND;
            case PASID_FREED, MM_FREED -> FREE;
            default -> null;
        };
    }
}
