import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Bench } from './harness.ts'

let bench: Bench

beforeEach(async () => {
  bench = await Bench.start()
})

afterEach(async () => {
  expect(await bench.data.differences()).toEqual([])
  await bench[Symbol.asyncDispose]()
})

describe('a first visit', () => {
  it('shows the first card within three presses, and knows clock and reminder then', async () => {
    const ann = bench.server.user()
    ann.says('/start')
    const greeting = await bench.shown(ann, /Welcome/)
    expect(greeting.text?.match(/[.!?](\s|$)/g)).toHaveLength(2)
    await bench.press(ann, /^Nodes/)
    await bench.shown(ann, /which clock/)
    await bench.press(ann, /London/)
    await bench.shown(ann, /remind/)
    await bench.press(ann, '19:00')
    await bench.shown(ann, /What runs kubelet/)
    expect(bench.server.callsOf('sendMessage')).toHaveLength(1)
    const { learner } = (await bench.data.store.exportLearner(await bench.learnerOf(ann))) as {
      learner: object
    }
    expect(learner).toMatchObject({ timeZone: 'Europe/London', reminderMinute: 1140 })
    expect(bench.server.refused).toEqual([])
  })

  it('takes a city or a zone that is written, and says what it does not know', async () => {
    const ann = bench.server.user()
    ann.says('/start deck-nodes')
    await bench.shown(ann, /which clock/)
    ann.says('Atlantis')
    await bench.shown(ann, /I know no time zone "Atlantis"/)
    ann.says('Berlin')
    await bench.shown(ann, /remind/)
    ann.says('7 pm')
    await bench.shown(ann, /What runs kubelet/)
    const { learner } = (await bench.data.store.exportLearner(await bench.learnerOf(ann))) as {
      learner: object
    }
    expect(learner).toMatchObject({ timeZone: 'Europe/Berlin', reminderMinute: 1140 })
  })

  it('is a welcome back for who has decks, and a link opens its deck', async () => {
    const { user } = await bench.learner()
    user.says('/start')
    await bench.shown(user, /Welcome back/)
    user.says('/start deck-helm')
    await bench.shown(user, /Which command is number/)
    user.says('/start deck-gone')
    await bench.shown(user, /not here any more/)
  })
})

describe('a review', () => {
  it('is one message, edited from prompt to answer to the next card', async () => {
    const { user } = await bench.learner()
    await bench.press(user, 'Show answer')
    const answer = await bench.shown(user, /Every node/)
    expect(answer.text).toContain('As an agent.')
    expect(bench.labels(user)).toEqual(
      expect.arrayContaining(['Again · 1 d', 'Hard · 1 d', 'Good · 1 d', 'Easy · 1 d']),
    )
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    expect(bench.server.callsOf('sendMessage')).toHaveLength(1)
    expect(await bench.answers(user)).toEqual(['flash 4'])
  })

  it('grades a choice by its button and a written answer by what is written', async () => {
    const { user } = await bench.learner()
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    await bench.press(user, 'proxy')
    await bench.shown(user, /Not quite[\s\S]*You chose: proxy[\s\S]*scheduler/)
    await bench.press(user, 'Next')
    await bench.shown(user, /Which agent/)
    user.says('kubelt')
    await bench.shown(user, /Right, but for the spelling[\s\S]*Difference: kubelet/)
    await bench.press(user, /It was hard/)
    await bench.shown(user, /Who schedules/)
    expect(await bench.answers(user)).toEqual(['flash 4', 'pick 1', 'write 4', 'write 3'])
  })

  it('ends with what was done, what comes tomorrow and the streak', async () => {
    const { user } = await bench.learner()
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, /^Easy/)
    await bench.shown(user, /Who schedules/)
    await bench.press(user, 'scheduler')
    await bench.shown(user, /Right/)
    await bench.press(user, 'Next')
    await bench.shown(user, /Which agent/)
    user.says('Kubelet')
    await bench.shown(user, /^Right/)
    await bench.press(user, 'Next')
    const end = await bench.shown(user, /Done for today/)
    expect(end.text).toMatch(/3 answers today, 3 new cards[\s\S]*Tomorrow: 3 cards[\s\S]*Streak: 1 day/)
  })

  it('takes back, suspends, explains and takes reports', async () => {
    const { user } = await bench.learner()
    await bench.press(user, 'Why now?')
    await bench.shown(user, /new to you/)
    await bench.press(user, 'Back')
    await bench.shown(user, /kubelet/)
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, 'Report a mistake')
    await bench.shown(user, /What is wrong/)
    user.says('Not on virtual nodes <b>')
    await bench.shown(user, /it is noted/)
    expect(await bench.data.store.mistakeReports(10)).toMatchObject([
      { cardId: 'flash', text: 'Not on virtual nodes <b>' },
    ])
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    user.says('/undo')
    await bench.shown(user, /Undone[\s\S]*kubelet/)
    await bench.press(user, 'Suspend')
    await bench.shown(user, /Suspended[\s\S]*Who schedules/)
    expect(await bench.answers(user)).toEqual(['flash 4', 'flash undo', 'flash suspend'])
  })

  it('goes on after a restart, where what is written still answers the card on show', async () => {
    const { user } = await bench.learner()
    await bench.press(user, 'Suspend')
    await bench.shown(user, /Who schedules/)
    await bench.press(user, 'Suspend')
    await bench.shown(user, /Which agent/)
    await bench.restart()
    user.says('kubelet')
    await bench.shown(user, /^Right/)
    expect(await bench.answers(user)).toContain('write 4')
  })
})

describe('what comes twice or is made up', () => {
  it('changes nothing when an update is delivered 50 times', async () => {
    const { user, card } = await bench.learner()
    const show = user.press(card, 'Show answer')
    await bench.shown(user, /Every node/)
    const grade = user.press(await bench.shown(user, /Every node/), /^Good/)
    await bench.shown(user, /Who schedules/)
    const undo = user.says('/undo').update
    await bench.shown(user, /Undone/)
    const sent = bench.server.callsOf('sendMessage').length
    for (let time = 0; time < 50; time++) {
      for (const update of [show.update, grade.update, undo]) if (update !== null) bench.server.repeat(update)
      // All at once would be taken for a flood.
      await bench.server.untilHandled()
    }
    expect(await bench.answers(user)).toEqual(['flash 4', 'flash undo'])
    expect(bench.server.callsOf('sendMessage')).toHaveLength(sent)
  })

  it('answers forged, cut and old buttons politely, and changes nothing', async () => {
    const { user, card } = await bench.learner()
    for (const data of [
      'g:flash:0:0:9',
      'g:flash',
      'drop table',
      '\u202e',
      'x'.repeat(64),
      'k:timeZone:0:Mars',
    ]) {
      const toast = await user.press(card, { data }).answered()
      if (!data.startsWith('k:')) expect(toast.text).toMatch(/no longer works/)
    }
    await user.press(card, { data: 'g:nothing-like-it:0:0:2' }).answered()
    await bench.shown(user, /no longer in the notes/)
    await user.press(card, { data: 'g:flash:7:0:2' }).answered()
    await bench.shown(user, /Already answered/)
    expect(await bench.answers(user)).toEqual([])
  })

  it('survives a thousand random buttons, and each is answered', async () => {
    const { user, card } = await bench.learner()
    const pieces = [
      'flash',
      'pick',
      'nothing',
      '0',
      '1',
      'zz',
      '*',
      '',
      'helm',
      'timeZone',
      'UTC',
      '2',
      '-1',
      '∞',
    ]
    const codes = ['v', 'y', 'c', 'q', 't', 'm', 'd', 'p', 'n', 'fc', 'la', 'Z', 'g', 'r']
    let seed = 1
    const any = (from: readonly string[]) => {
      seed = (seed * 48_271) % 2_147_483_647
      return from[seed % from.length] ?? ''
    }
    for (let batch = 0; batch < 200; batch++) {
      const presses = Array.from({ length: 5 }, () => {
        // Too many parts for an action that would be stored.
        const parts = any(codes) === 'g' ? ['x', 'x', 'x', 'x', 'x', 'x'] : [any(pieces), any(pieces)]
        return user.press(card, { data: [any(codes), ...parts].join(':').slice(0, 60) })
      })
      await Promise.all(presses.map((press) => press.answered()))
      // More than wait in a person's line would be left out.
      await bench.server.untilHandled()
    }
    expect(await bench.answers(user)).toEqual([])
    user.says('/review')
    await bench.shown(user, /kubelet/)
  }, 60_000)

  it('moves only the schedule of whoever presses', async () => {
    const { user: ann } = await bench.learner('Ann')
    const { user: bob, card } = await bench.learner('Bob')
    await ann.press(bench.server.lastShown(ann.chat) ?? card, { data: 'g:flash:0:0:2' }).answered()
    await bench.shown(ann, /Who schedules/)
    expect(await bench.answers(ann)).toEqual(['flash 4'])
    expect(await bench.answers(bob)).toEqual([])
  })

  it('has one helpful line for what it does not understand', async () => {
    const { user } = await bench.learner()
    user.says('hello there')
    await bench.shown(user, /\/review/)
    user.says('/frobnicate')
    await bench.shown(user, /no command \/frobnicate/)
    // Every object has something under this name.
    user.says('/constructor')
    await bench.shown(user, /no command \/constructor/)
    bench.server.push('message', {
      message_id: 9999,
      from: user.info as never,
      chat: user.chat.info as never,
      date: 0,
      sticker: {
        file_id: 'x',
        file_unique_id: 'x',
        type: 'regular',
        width: 1,
        height: 1,
        is_animated: false,
        is_video: false,
      },
    })
    await bench.server.untilHandled()
    expect(bench.server.refused).toEqual([])
  })
})

describe('a person’s own data', () => {
  it('is given as a file, and deleted after asking twice', async () => {
    const { user } = await bench.learner()
    await bench.press(user, 'Show answer')
    await bench.shown(user, /Every node/)
    await bench.press(user, /^Good/)
    await bench.shown(user, /Who schedules/)
    user.says('/export')
    await bench.server.untilAnswered('sendDocument')
    const exported = JSON.parse(String(bench.server.lastDocument?.content)) as { reviews: unknown[] }
    expect(exported.reviews).toHaveLength(1)
    user.says('/forget')
    await bench.shown(user, /Delete everything/)
    await bench.press(user, /^Delete/)
    await bench.shown(user, /Really/)
    expect(await bench.answers(user)).toHaveLength(1)
    await bench.press(user, 'Delete for good')
    await bench.shown(user, /Nothing about you is left/)
    expect(await bench.answers(user)).toEqual([])
  })
})

describe('settings', () => {
  it('are changed by button and by writing', async () => {
    const { user } = await bench.learner()
    user.says('/settings')
    await bench.shown(user, /New cards a day: 10/)
    await bench.press(user, 'Change new cards a day')
    await bench.shown(user, /How many/)
    user.says('many')
    await bench.shown(user, /whole number/)
    user.says('3')
    await bench.shown(user, /New cards a day is now 3/)
    await bench.press(user, 'Change reminder')
    await bench.shown(user, /When shall I/)
    await bench.press(user, 'No reminder')
    await bench.shown(user, /Reminder is now off/)
  })

  it('come with decks to join and leave, and with stats', async () => {
    const { user } = await bench.learner()
    user.says('/decks')
    await bench.shown(user, /Decks/)
    await bench.press(user, /^Join Helm/)
    await bench.shown(user, /Joined/)
    user.says('/stats')
    await bench.shown(user, /Your study/)
  })
})
