#include "models/alignment.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>

namespace biaod::models {
namespace {

constexpr double worst = -std::numeric_limits<double>::infinity();
constexpr double torn_cost = 0.1;  // an item in one piece is preferred to one in two

class Aligner {
  public:
    explicit Aligner(const AlignmentInput& in) : in_(in), m_(in.printed), n_(in.expected) {
        fill_forward();
        fill_backward();
    }

    std::vector<Match> matches() const {
        std::vector<Match> out(static_cast<std::size_t>(n_));
        int i = m_, j = n_;
        while (j > 0 || i > 0) {
            const double here = forward_[at(i, j)];
            if (i > 0 && j > 0 && near(here, forward_[at(i - 1, j - 1)] + single(i - 1, j - 1))) {
                --i, --j;
                out[static_cast<std::size_t>(j)] = make_match(i, j, 1);
            } else if (i > 1 && j > 0 && near(here, forward_[at(i - 2, j - 1)] + pair(i - 2, j - 1))) {
                i -= 2, --j;
                out[static_cast<std::size_t>(j)] = make_match(i, j, 2);
            } else if (i > 0 &&
                       near(here, forward_[at(i - 1, j)] - in_.skip_printed[static_cast<std::size_t>(i - 1)])) {
                --i;
            } else {
                --j;
                out[static_cast<std::size_t>(j)].margin = forward_[at(m_, n_)] - best_without(j, -1, 0);
            }
        }
        return out;
    }

  private:
    std::size_t at(int i, int j) const {
        return static_cast<std::size_t>(i) * static_cast<std::size_t>(n_ + 1) + static_cast<std::size_t>(j);
    }
    std::size_t place(int i, int j) const {
        return static_cast<std::size_t>(i) * static_cast<std::size_t>(n_) + static_cast<std::size_t>(j);
    }
    static bool near(double a, double b) { return a == b || std::abs(a - b) < 1e-9; }
    static double gain(double similarity) { return similarity < 0 ? worst : 2 * (similarity - match_break_even); }
    double single(int i, int j) const { return gain(in_.similarity[place(i, j)]); }
    double pair(int i, int j) const {
        return in_.pair_similarity.empty() ? worst : gain(in_.pair_similarity[place(i, j)]) - torn_cost;
    }

    void fill_forward() {
        forward_.assign(at(m_, n_) + 1, worst);
        for (int i = 0; i <= m_; ++i) {
            for (int j = 0; j <= n_; ++j) {
                double best = i == 0 && j == 0 ? 0 : worst;
                if (i > 0)
                    best = std::max(best, forward_[at(i - 1, j)] - in_.skip_printed[static_cast<std::size_t>(i - 1)]);
                if (j > 0)
                    best = std::max(best, forward_[at(i, j - 1)] - in_.skip_expected[static_cast<std::size_t>(j - 1)]);
                if (i > 0 && j > 0) best = std::max(best, forward_[at(i - 1, j - 1)] + single(i - 1, j - 1));
                if (i > 1 && j > 0) best = std::max(best, forward_[at(i - 2, j - 1)] + pair(i - 2, j - 1));
                forward_[at(i, j)] = best;
            }
        }
    }

    void fill_backward() {
        backward_.assign(at(m_, n_) + 1, worst);
        for (int i = m_; i >= 0; --i) {
            for (int j = n_; j >= 0; --j) {
                double best = i == m_ && j == n_ ? 0 : worst;
                if (i < m_)
                    best = std::max(best, backward_[at(i + 1, j)] - in_.skip_printed[static_cast<std::size_t>(i)]);
                if (j < n_)
                    best = std::max(best, backward_[at(i, j + 1)] - in_.skip_expected[static_cast<std::size_t>(j)]);
                if (i < m_ && j < n_) best = std::max(best, backward_[at(i + 1, j + 1)] + single(i, j));
                if (i + 1 < m_ && j < n_) best = std::max(best, backward_[at(i + 2, j + 1)] + pair(i, j));
                backward_[at(i, j)] = best;
            }
        }
    }

    // The best score of an alignment in which expected item j is not matched with `count` items from `printed`.
    // Every alignment treats item j in exactly one way, so one pass over the ways is complete.
    double best_without(int j, int printed, int count) const {
        double best = worst;
        for (int i = 0; i <= m_; ++i) {
            if (count != 0) {
                best = std::max(best, forward_[at(i, j)] - in_.skip_expected[static_cast<std::size_t>(j)] +
                                          backward_[at(i, j + 1)]);
            }
            // The same item with or without its torn half is no different assignment.
            const bool same = count > 0 && i >= printed && i < printed + count;
            if (i < m_ && !same) {
                best = std::max(best, forward_[at(i, j)] + single(i, j) + backward_[at(i + 1, j + 1)]);
            }
            if (i + 1 < m_ && !same && !(count > 0 && i + 1 == printed)) {
                best = std::max(best, forward_[at(i, j)] + pair(i, j) + backward_[at(i + 2, j + 1)]);
            }
        }
        return best;
    }

    Match make_match(int i, int j, int count) const {
        const double similarity = (count == 1 ? in_.similarity : in_.pair_similarity)[place(i, j)];
        return {i, count, similarity, forward_[at(m_, n_)] - best_without(j, i, count)};
    }

    const AlignmentInput& in_;
    int m_, n_;
    std::vector<double> forward_, backward_;
};

}  // namespace

std::vector<Match> align(const AlignmentInput& input) { return Aligner(input).matches(); }

}  // namespace biaod::models
