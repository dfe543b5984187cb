// SPDX-License-Identifier: GPL-2.0-only
#pragma once

#include "../base/report.hpp"
#include "../vfio/session.hpp"

namespace client {

// Regions, interrupts and capabilities; sizes that QEMU would refuse are failures.
void show_info(Report &report, Session &session);

} // namespace client
