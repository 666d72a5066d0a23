// Who agrees and who conflicts with whom, for Gephi, visone and the like.

#ifndef ONRECORD_ENGINE_REPORT_GRAPHML_H_
#define ONRECORD_ENGINE_REPORT_GRAPHML_H_

#include <ostream>

#include "engine/report/export_data.h"

namespace onrecord {

// Writes the network of `data` as GraphML (graphml.graphdrawing.org, 1.0): a
// node for each actor that took a side, an undirected edge for each two that
// took sides on the same topics, with how many they agree and conflict on.
void WriteGraphMl(const ExportData& data, std::ostream& out);

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_GRAPHML_H_
