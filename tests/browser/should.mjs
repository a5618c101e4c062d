// How many steps the tasks of tasks.mjs should take, counted before anybody does them: what the pages and guides say that a person
// has to do, a phrase for each step, and where that is said. Who writes here does not look at how the script gets there.

export const should = {
  begin: {
    by: '使用说明“怎样开始”',
    steps: ['在首页选单位类别', '问题可以以后再答：说一声', '写上单位名称', '建立自评档案', '先填公共部分：打开它', '评一项，得分就变'],
  },
  section: { by: '附件1“制度建设”印着二十项', steps: Array.from({ length: 20 }, (_, i) => `第 ${i + 1} 项：选一下，或者填一个数`) },
  clause: { by: '使用说明“怎样填”', steps: ['计算依据和解读点“展开”看'] },
  print: { by: '自评表上只写“打印评估表”', steps: ['说要打印哪一份', '打印'] },
  declare: { by: '申报表上写着可以从 WPS 粘贴', steps: ['打开申报表', '点到粘贴的地方', '粘贴，有几行是几行'] },
  send: { by: '使用说明“分享和收到的自评”', steps: ['在档案页点分享', '自评码复制下来'] },
  beside: {
    by: '使用说明“分享和收到的自评”',
    steps: ['找到打开收到的自评的地方', '自评码放进去', '打开', '说要比对', '说与哪一份比对'],
  },
  desk: { by: '汇总台收几百份，一次放进去', steps: ['打开汇总台', '全部自评码放进去', '加入', '导出'] },
  phone: { by: 'docs/clerk.md 一和七', steps: ['改引号里的号码，保存', '检查', '生成', '复制到服务器'] },
  restore: { by: '数据救援页：在“我的自评”里用“打开备份文件”恢复', steps: ['打开我的自评', '选择备份文件', '恢复', '打开恢复的一份'] },
};
