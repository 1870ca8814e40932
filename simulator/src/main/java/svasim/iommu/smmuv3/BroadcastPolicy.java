package svasim.iommu.smmuv3;

import svasim.iommu.core.BroadcastMaintenance;
import svasim.iommu.core.BroadcastTlbi;

/** Takes part in broadcasts, unless the unit has no BTM or software has set PTM (3.17.2). */
record BroadcastPolicy(Features features, Control control) implements BroadcastMaintenance.Policy {
    @Override
    public boolean hears(BroadcastTlbi operation) {
        return features.has(IdField.BTM) && !control.ignoresBroadcasts();
    }

    @Override
    public long vmidMask() {
        return Tags.vmidMask(control.vmidWildcardBits());
    }
}
