// The positions and shifts of a page, each once for the points of knowledge and
// the views in which it is the same.

#ifndef ONRECORD_ENGINE_REPORT_PAGE_SEGMENTS_H_
#define ONRECORD_ENGINE_REPORT_PAGE_SEGMENTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "engine/report/known_rows.h"
#include "proto/page.pb.h"
#include "proto/row.pb.h"

namespace onrecord {

// Thread-compatible. For each point of knowledge in turn: Begin, the rows of
// both views, End.
class PageSegmentTable {
 public:
  void Begin(uint32_t point) { point_ = point; }

  // `evidence` are indices into PageData.statements.
  void AddPosition(const PositionRow& row,
                   const std::vector<uint32_t>& evidence, bool rollup);
  void AddShift(const ShiftRow& row, bool rollup);
  void End();

  // Writes segments, shifts, and the actors and topics that they name to
  // `data`.
  void Write(const std::vector<ActorRow>& actors,
             const std::vector<TopicRow>& topics, PageData& data);

 private:
  struct Segment {
    std::string actor_id;
    std::string topic_id;
    int32_t from = 0;
    int32_t to = 0;
    double stance = 0;
    std::string label;
    bool conditional = false;
    std::vector<uint32_t> evidence;
  };
  struct Shift {
    std::string actor_id;
    std::string topic_id;
    int32_t day = 0;
    std::string kind;
    std::string before;
    std::string after;
    bool other_speaker = false;
  };

  void NameActor(const std::string& id, const std::string& name);
  void NameTopic(const std::string& id, const std::string& name);
  void WriteActors(const std::vector<ActorRow>& rows, PageData& data);
  void WriteTopics(const std::vector<TopicRow>& rows, PageData& data);
  void WriteSegments(PageSegments& columns);
  void WriteShifts(PageShifts& columns);

  uint32_t point_ = 0;
  KnownRows<Segment> segments_;
  KnownRows<Shift> shifts_;

  // Ids with their names at the last point that has them; then numbers.
  absl::flat_hash_map<std::string, std::string> actor_names_;
  absl::flat_hash_map<std::string, std::string> topic_names_;
  absl::flat_hash_map<std::string, uint32_t> actor_numbers_;
  absl::flat_hash_map<std::string, uint32_t> topic_numbers_;
};

}  // namespace onrecord

#endif  // ONRECORD_ENGINE_REPORT_PAGE_SEGMENTS_H_
