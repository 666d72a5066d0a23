#include "engine/extract/stance/polarity_lexicon.h"

namespace onrecord {
namespace extract {
namespace {

constexpr absl::string_view kPromote =
    "abide by, absorb, accelerate, accept, achieve, acquire, activate, adhere, "
    "admit, adopt, advocate, agree, aid, aim, align with, alleviate burden, "
    "alleviate impact, alleviate pain, allocate, applaud, apply, approve, "
    "approve of, argue for, ask for, assist, authorise, authorize, back, "
    "backing, bail out, begin, boost, bring in, broaden, build, build up, buy, "
    "call for, call on, campaign for, carry on, celebrate, champion, cheer, "
    "cling to, collaborate, come into force, commend, commit, committed, "
    "compel, compensate, comply, conclude, construct, continue, contribute, "
    "convince, cooperate, could accept, cover, create, crucial, cushion, "
    "cushion blow, cushion effect, cushion impact, defence, defend, deliver, "
    "demand, deploy, deserve, determined, develop, double, double down on, "
    "eager, earmark, ease burden, ease impact, ease pain, embrace, enable, "
    "enact, encourage, endorse, enforce, enlarge, enshrine, ensure, entrench, "
    "essential, establish, exercise, expand, expedite, express support, "
    "extend, facilitate, favor, favour, file, finalise, finalize, finance, "
    "force, fulfil, fulfill, fund, give, give green light, give the go-ahead, "
    "go ahead with, go along with, go on, grant, green light, greet, "
    "guarantee, hail, harden, help, here for good, here to stay, hold firm, "
    "hold on to, hold steady, honor, honour, hope, host, implement, impose, in "
    "agreement, in favor, in favour, include, increase, indispensable, "
    "inevitable, initiate, insist, insist on, intact, intend, introduce, "
    "invest, irreversible, join, justify, keen, keep, keep in place, keep on, "
    "launch, lead, legalise, legalize, legitimate, lift up, like, limit "
    "damage, live with, lobby for, lodge, love, maintain, make permanent, "
    "matter, mitigate effect, mitigate impact, move ahead with, nationalise, "
    "nationalize, necessary, need, negotiate, no alternative to, obey, offset "
    "cost, offset effect, offset impact, on the table, on track, open, open "
    "to, "
    "order, overdue, participate, pass, pay, pay for, permanent, persuade, "
    "phase in, plan to, plead for, pledge, praise, prefer to, prepare, "
    "preserve, press ahead with, press for, proceed with, prolong, promise, "
    "promote, prompt, propose, protect, provide, purchase, pursue, push ahead "
    "with, push for, push through, put in place, raise, rally behind, "
    "ratification, ratify, reach, ready, recommend, reduce burden, reduce "
    "impact, reimburse, reinforce, reinstate, remain, remain in force, remain "
    "in place, renew, require, restore, retain, retention, revive, roll out, "
    "salute, secure, seek, set up, share the cost, shield, side with, sign, "
    "sign into law, sign off on, sign up to, soften blow, soften impact, "
    "spearhead, speed up, spend, stand by, stand firm on, start, stay, stay in "
    "place, step up, stick to, stick with, stiff, strengthen, strict, strike a "
    "deal, strive, subsidise, subsidize, suggest, support, supportive, "
    "sustain, table, take effect, take part, test, thank, throw weight behind, "
    "tight, tighten, tolerate, top up, tough, toughen, trigger, triple, try, "
    "unavoidable, unchanged, undertake, uphold, urge, vital, voice support, "
    "vote for, vote in favour, vow, want, warrant, welcome, welcome in, widen, "
    "willing, wish, work together, would like";

constexpr absl::string_view kHinder =
    "abandon, abolish, abolition, accuse, against, anger, angry, annul, "
    "anxious about, appeal against, argue against, assail, attack, averse, "
    "avert, avoid, axe, back out of, balk at, ban, bar, blame, blast, block, "
    "boycott, breach, break, bring home, bring to an end, bristle at, call "
    "home, call off, campaign against, cancel, cap, cast doubt, caution "
    "against, cease, challenge, cheated, close, combat, come out against, come "
    "to an end, complain, complain about, concern about, concern at, concern "
    "over, condemn, constrain, contain, contest, counter, countermeasure, "
    "criticise, criticism, criticize, curb, curtail, cut, cut back, dead set "
    "against, deceived, decline, decrease, decry, defer, delay, demolish, "
    "demolition, denounce, deny access, deplore, derail, deregulate, deride, "
    "destruction, deter, detest, dilute, disappointed, disappointment, "
    "discontent, discontinue, discourage, dislike, dismantle, dismay, dismiss, "
    "displeasure, dispute, dissatisfaction, dissatisfied, dissuade, distance "
    "from, ditch, do away with, doubt, downplay, draw a line at, draw the line "
    "at, drop, ease, end, erode, exclude, exempt, expire, express concern, "
    "fail, fear, fight, forbid, forego, forgo, freeze, furious, get rid of, "
    "give up, gone, halt, hamper, hate, have an end, hesitant, hinder, hold "
    "off, hold up, impede, instead of, knock down, lambast, lambaste, lament, "
    "lapse, lax, let down, lift, limit, loathe, lobby against, loose, loosen, "
    "lower, mock, mothball, needless, no go, non starter, object to, "
    "objection, obstruct, off limit, off the table, oppose, opposition, order "
    "home, out of the question, outlaw, outrage, overrule, overturn, pause, "
    "phase out, play down, postpone, pour cold water on, prevent, privatise, "
    "privatize, prohibit, prohibition, protest, pull, pull down, pull out, put "
    "an end to, put off, put on hold, question the, rather than, rebuff, "
    "rebuke, reconsider, red line, reduce, redundant, refuse, regret, reject, "
    "relax, release, reluctant, remove, renege, repeal, reprisal, rescind, "
    "resent, resist, respond in kind, restrict, retaliate, retaliation, "
    "rethink, reverse, review, revisit, revocation, revoke, rid of, roll back, "
    "roll back on, rule out, run out, sabotage, scale back, sceptical, scrap, "
    "scupper, send home, shelve, shrink, shun, shut, shut down, skeptical, "
    "slam, slash, slow, soften, speak out against, spurn, stall, stand in way "
    "of, stave off, stop, superfluous, surrender, suspend, tear down, tear up, "
    "terminate, thwart, touch, trim, turn away, turn back, turn down, "
    "unconditional no, undermine, undo, unhappy, unnecessary, unneeded, "
    "unwilling, unwind, upset, veto, violate, voice concern, vote against, "
    "vote down, waive, walk away from, warn against, warn of, wary, water "
    "down, weaken, wean off, wind down, wipe out, withdraw, without, worried "
    "about, worry about";

constexpr absl::string_view kReopen =
    "allow, allow in, cheap, clear the way, door be open, free up, let, let "
    "in, let through, normalise, normalize, open the door, open up, pave "
    "the way, permit, readmit, reopen, restart, resume, return to normal, "
    "unblock";

constexpr absl::string_view kRestriction =
    "barrier, blacklist, bloc, blockade, controls, crackdown, curbs, "
    "embargo, export control, front against, import control, licence, "
    "license, licensing, moratorium, pressure campaign, pressure on, quota, "
    "regulation, requirement, restriction, rule, sanction, standstill, "
    "united front";

constexpr absl::string_view kGood =
    "advantage, affordable, balanced, beneficial, benefit, best, "
    "better, blessing, bold, boon, brave, breakthrough, common sense, "
    "constructive, correct, courageous, decent, delighted, effective, "
    "encouraging, excellent, fair, fairer, fairness, gain, glad, godsend, "
    "good, great, happy, have work, helpful, historic, humane, important, "
    "improve, improvement, joy, just, landmark, lifeline, make sense, "
    "milestone, opportunity, pleased, popular, positive, progress, promising, "
    "proud, prudent, reasonable, relieved, responsible, reward, right, safe, "
    "safer, satisfied, sensible, smart, step forward, step in the right "
    "direction, success, successful, sustainable, useful, valuable, victory, "
    "win, wise, work well, worthwhile";

constexpr absl::string_view kBad =
    "absurd, aggression, arbitrary, bad, bankrupt, bankruptcy, baseless, "
    "betray, betrayal, blackmail, blow, blunder, brutal, bully, bullying, "
    "burden, catastrophe, catastrophic, coerce, coercion, collapse, cost jobs, "
    "costly, counterproductive, crazy, cripple, crisis, cruel, cynical, "
    "damage, damaging, danger, dangerous, dead, dead end, deplorable, deprive, "
    "destroy, devastate, disaster, disastrous, discriminatory, disgrace, "
    "dishonest, disproportionate, disrupt, distort, distract, doomed, "
    "draconian, drive away, drive out, endanger, error, exaggerated, "
    "excessive, expensive, failure, farce, fiasco, flawed, folly, foolish, "
    "frighten away, frighten off, futile, gamble, groundless, half-baked, "
    "harm, harmful, harsh, hasty, heartless, hit, hit hard, hostile, "
    "humiliate, humiliating, humiliation, hurt, hypocrisy, hypocritical, "
    "ill-conceived, illegal, immoral, impossible, inadequate, indefensible, "
    "ineffective, inhumane, injustice, insane, insult, irresponsible, "
    "jeopardise, jeopardize, joke, kill, leave hole, loss-making, madness, "
    "make no sense, mess, misguided, misplaced, mistake, nightmare, nonsense, "
    "obsolete, "
    "outdated, outrageous, overblown, overreach, panic, penalise, penalize, "
    "pointless, poison, pollute, premature, price out, protectionism, "
    "protectionist, provocation, punish, punishment, reckless, relic, "
    "ridiculous, risk, risky, ruin, scandal, scandalous, scare away, scare "
    "off, secrecy, sell out, setback, shame, shameful, short-sighted, "
    "shortsighted, slap in the face, step backwards, stupid, suffer, too "
    "early, too far, too high, too late, too little, too low, too much, too "
    "slow, too soon, toxic, tragedy, trap, trick, unacceptable, undemocratic, "
    "undermining, unfair, unfounded, unilateral, unjust, unjustified, "
    "unlawful, unrealistic, unreasonable, unsustainable, unworkable, useless, "
    "waste, wasteful, weak, worse, worsen, worst, wrong";

constexpr absl::string_view kNeutral =
    "abstain, abstention, all option, ambivalent, divided, drop objection, for "
    "parliament to decide, further study, have no opinion, have no position, "
    "have no view, impartial, in two mind, jury be out, keep option open, make "
    "up its mind, make up mind, matter for, mull, need study, neither back nor "
    "oppose, neither order nor exclude, neither support nor oppose, neutral, "
    "neutrality, no decision yet, no longer oppose, no objection, no opinion, "
    "no position, no view, noncommittal, not decide, not exclude, not object, "
    "not oppose, not reach a conclusion, not rule out, not take a position, on "
    "the fence, open mind, option open, ponder, reach a conclusion, reach no "
    "conclusion, remain neutral, respect, stay out of, stop fight, stop short "
    "of, take no position, take no side, take side, too early to decide, too "
    "early to judge, too early to say, too early to tell, too soon to decide, "
    "too soon to say, too soon to tell, undecided, under consideration, under "
    "discussion, under review, wait and see, weigh, weigh up";

constexpr absl::string_view kSilent =
    "avoid the question, be careful about, be cautious about, beyond remit, "
    "beyond scope, brush aside, brush off, "
    "comment, decline to "
    "comment, deny, dismiss report, dismiss rumour, dismiss suggestion, "
    "dismiss talk, dispute that, dodge, evade, give a timetable, give no "
    "detail, give no reason, no change, no comment, no reply, no u turn, "
    "not answer, not be reach, not change, not comment, not discuss, not "
    "elaborate, not immediately comment, not immediately respond, not name "
    "a date, not reply, not respond, not return call, not say how, not say "
    "that, not say when, not say whether, not for me, not shift, not soften, "
    "not waver, "
    "nothing change, nothing to add, refer question, refrain from, remain "
    "unchanged, say otherwise, shrug off, sidestep, unavailable";

constexpr PolarityList kLists[] = {
    {Effect::kPromote, kPromote}, {Effect::kHinder, kHinder},
    {Effect::kReopen, kReopen},   {Effect::kRestriction, kRestriction},
    {Effect::kGood, kGood},       {Effect::kBad, kBad},
    {Effect::kNeutral, kNeutral}, {Effect::kSilent, kSilent},
};

}  // namespace

int SignOf(Effect effect) {
  switch (effect) {
    case Effect::kPromote:
    case Effect::kReopen:
    case Effect::kGood:
      return 1;
    case Effect::kHinder:
    case Effect::kRestriction:
    case Effect::kBad:
      return -1;
    case Effect::kNeutral:
    case Effect::kSilent:
      return 0;
  }
  return 0;
}

bool IsJudgement(Effect effect) {
  return effect == Effect::kGood || effect == Effect::kBad;
}

bool IsRestrictive(Effect effect) {
  return effect == Effect::kRestriction || effect == Effect::kHinder;
}

absl::Span<const PolarityList> PolarityLexicon() { return kLists; }

}  // namespace extract
}  // namespace onrecord
