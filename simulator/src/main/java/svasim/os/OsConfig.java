package svasim.os;

import svasim.os.iommu.IommuOptions;
import svasim.os.mm.MmConfig;
import svasim.os.sva.PasidConfig;
import svasim.os.sva.Policies;
import svasim.os.task.SchedulerConfig;
import svasim.units.Require;

/**
 * The operating system of a machine; absent keys take these defaults.
 *
 * @param policy name of the lifetime policy, as svasim list policies prints it
 * @param pasids where PASIDs come from
 * @param scheduler times of the scheduler
 * @param faultWorkers threads that handle I/O page faults of one IOMMU
 * @param iommu how the drivers of IOMMUs behave
 * @param memory memory management
 */
public record OsConfig(
        String policy,
        PasidConfig pasids,
        SchedulerConfig scheduler,
        Integer faultWorkers,
        IommuOptions iommu,
        MmConfig memory) {
    public OsConfig {
        policy = policy == null ? Policies.DEFAULT : policy;
        Require.oneOf(
                "policy", policy, Policies.all().stream().map(Policies.Policy::name).toList());
        pasids = Policies.named(policy).numbers(pasids == null ? PasidConfig.UNDECIDED : pasids);
        Require.that(
                pasids.quota() == null || policy.equals("ioasid-ref"),
                "pasids.quota",
                pasids.quota(),
                "a number only with the policy ioasid-ref");
        scheduler = scheduler == null ? SchedulerConfig.defaults() : scheduler;
        faultWorkers = faultWorkers == null ? 2 : faultWorkers;
        iommu = iommu == null ? IommuOptions.defaults() : iommu;
        memory = memory == null ? MmConfig.defaults() : memory;
        Require.positive("faultWorkers", faultWorkers);
    }

    public static OsConfig defaults() {
        return new OsConfig(null, null, null, null, null, null);
    }
}
